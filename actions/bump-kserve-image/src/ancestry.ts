import { type Ancestry, createAncestry } from '@mlops-actions/gitops'
import { type ActionWorld, readCaCert } from '@mlops-actions/runner'
import type { Inputs } from './inputs.ts'

/** The history of the repository whose workflow this is, where a token may read it. */
export async function ancestryOf(
  { sourceToken: token, requestTimeout, caCert }: Inputs,
  { context, ...world }: ActionWorld,
): Promise<Ancestry | undefined> {
  const { repository, sha, apiUrl, workspace } = context
  const [owner = '', name = ''] = repository.split('/')
  if (token === undefined || sha === '' || name === '') return undefined
  const place = { apiUrl, token, repository: { owner, name }, sha, requestTimeout }
  return createAncestry(world, { ...place, caCert: await readCaCert(caCert, workspace) })
}
