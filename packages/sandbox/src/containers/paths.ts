import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Maps an absolute container path to the host: the longest mount first, then the image's own files, else unchanged. */
export type PathMap = (path: string) => string

export function createPathMap(rootfs: string, mounts: Readonly<Record<string, string>>): PathMap {
  const byLength = Object.entries(mounts).sort(([left], [right]) => right.length - left.length)
  return (path) => {
    if (!path.startsWith('/')) return path
    const mount = byLength.find(([target]) => path === target || path.startsWith(`${target}/`))
    if (mount) return mount[1] + path.slice(mount[0].length)
    const inside = join(rootfs, path)
    return path !== '/' && existsSync(inside) ? inside : path
  }
}

/** `/a/b`, `--flag=/a/b`; other words stay as they are. */
export function mapArgument(argument: string, map: PathMap): string {
  const flag = /^(--?[A-Za-z][\w.-]*=)(\/.*)$/s.exec(argument)
  return flag ? `${flag[1]}${map(flag[2] ?? '')}` : map(argument)
}

/** A path, or a colon-separated list of only absolute paths (PYTHONPATH); anything else is data and stays. */
export function mapEnvValue(value: string, map: PathMap): string {
  const parts = value.split(':')
  return parts.every((part) => part.startsWith('/')) ? parts.map(map).join(':') : value
}
