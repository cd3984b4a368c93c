import { mkdir, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { serveRepositories } from '../git-http.ts'
import { S3_KEYS, S3_REGION } from '../s3/server.ts'
import type { Dvc } from './dvc.ts'
import { commitAll, git } from './git.ts'
import { REGISTRY } from './plan-imports.ts'
import type { Place } from './remotes.ts'

/** A data registry: another DVC repository, from which others import. */
export interface Registry extends AsyncDisposable {
  /** Where the real git serves it. */
  readonly url: string
  /** Its checkout, for who takes single files of it as from any folder. */
  readonly folder: string
}

/** Makes it in a folder, pushes its data to a place and serves it over HTTP. */
export async function startRegistry(dvc: Pick<Dvc, 'run'>, folder: string, place: Place): Promise<Registry> {
  const checkout = join(folder, 'checkout')
  await mkdir(checkout, { recursive: true })
  await git(checkout, 'init', '--initial-branch=main')
  await dvc.run(checkout, 'init')
  await writeFile(join(checkout, '.dvc/config'), configOf(place))
  for (const [path, text] of Object.entries(REGISTRY)) {
    await mkdir(dirname(join(checkout, path)), { recursive: true })
    await writeFile(join(checkout, path), text)
  }
  await dvc.run(checkout, 'add', 'table.csv', 'images')
  await dvc.run(checkout, 'push')
  await commitAll(checkout, 'data')
  const served = join(folder, 'served')
  await git(folder, 'clone', '--quiet', '--bare', checkout, join(served, 'registry.git'))
  const server = await serveRepositories(served)
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/registry.git`,
    folder: checkout,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** All of it is committed, keys as well: who imports has no other way to know of them here. */
function configOf({ s3, bucket, prefix }: Place): string {
  return `[core]
    remote = data
['remote "data"']
    url = s3://${bucket}/${prefix}
    endpointurl = ${s3.url}
    region = ${S3_REGION}
    access_key_id = ${S3_KEYS.accessKeyId}
    secret_access_key = ${S3_KEYS.secretAccessKey}
`
}
