import { parseRemoteUrl, type RemoteUrl } from '@mlops-actions/git'
import { Expected } from '@mlops-actions/text'

/** A repository on the GitHub that this workflow runs on, or anywhere. */
export type GitOpsRepository =
  | { readonly kind: 'name'; readonly owner: string; readonly name: string }
  | { readonly kind: 'url'; readonly remote: RemoteUrl }

/**
 * An owner has an underscore where an enterprise manages its users: `mona_acme` (GitHub documentation, "About Enterprise
 * Managed Users").
 * @throws Expected
 */
export function parseRepository(text: string): GitOpsRepository {
  const [, owner = '', name = ''] = /^([A-Za-z0-9][\w-]{0,99})\/([\w.-]{1,100})$/.exec(text) ?? []
  if (owner !== '' && !/^\.{1,2}$|\.git$/.test(name)) return { kind: 'name', owner, name }
  try {
    return { kind: 'url', remote: parseRemoteUrl(text) }
  } catch (error) {
    if (!(error instanceof Expected)) throw error
    throw new Expected(`owner/name, or ${error.want}`)
  }
}
