import type { HashName } from '../repository/output.ts'

/**
 * Where an object lies below a cache folder or a remote's prefix: `files/md5/<2>/<30>`, and for what DVC 2 recorded
 * `<2>/<30>` (dvc/cachemgr.py). The same content under both is two objects.
 */
export function objectPath(oid: string, hash: HashName): string {
  const path = `${oid.slice(0, 2)}/${oid.slice(2)}`
  return hash === 'md5' ? `files/md5/${path}` : path
}
