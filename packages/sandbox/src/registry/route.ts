import type { SandboxResponse } from '../server.ts'
import { deleteBlob, getBlob, headBlob } from './blobs.ts'
import type { RegistryCall } from './context.ts'
import { RegistryError } from './errors.ts'
import { deleteManifest, getManifest, listReferrers, listTags, putManifest } from './manifests.ts'
import { appendUpload, cancelUpload, finishUpload, getUpload, startUpload } from './uploads.ts'

type Action = (call: RegistryCall, name: string, last: string) => SandboxResponse

/** Path pattern -> method -> action (distribution-spec, "Endpoints"). */
const ROUTES: readonly (readonly [RegExp, Readonly<Record<string, Action>>])[] = [
  [/^\/v2\/(.+)\/blobs\/uploads\/?$/, { POST: startUpload }],
  [
    /^\/v2\/(.+)\/blobs\/uploads\/([^/]+)$/,
    { PATCH: appendUpload, PUT: finishUpload, GET: getUpload, DELETE: cancelUpload },
  ],
  [/^\/v2\/(.+)\/blobs\/([^/]+)$/, { HEAD: headBlob, GET: getBlob, DELETE: deleteBlob }],
  [
    /^\/v2\/(.+)\/manifests\/([^/]+)$/,
    { GET: getManifest, HEAD: getManifest, PUT: putManifest, DELETE: deleteManifest },
  ],
  [/^\/v2\/(.+)\/tags\/list$/, { GET: listTags }],
  [/^\/v2\/(.+)\/referrers\/([^/]+)$/, { GET: listReferrers }],
]

export function routeRegistry(call: RegistryCall): SandboxResponse {
  const { path, method } = call.request
  if (path === '/v2/' || path === '/v2')
    return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: '' }
  for (const [pattern, actions] of ROUTES) {
    const match = pattern.exec(path)
    if (!match) continue
    const action = actions[method]
    if (!action) throw new RegistryError(405, 'UNSUPPORTED', 'The operation is unsupported.')
    return action(call, match[1] ?? '', match[2] ?? '')
  }
  return {
    status: 404,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: '404 page not found\n',
  }
}
