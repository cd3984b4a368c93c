import { readTar, type TarRecord } from './read-tar.ts'

/** A hard link is the very node of what it names: no layer changes a file in place. */
export type ImageNode =
  | { readonly type: 'directory' }
  | { readonly type: 'file'; readonly executable: boolean; readonly body: Buffer }
  | { readonly type: 'symlink'; readonly to: string }

/** Path -> node, `/` between the parts and none before them; a directory stands before what is in it. */
export type ImageFiles = ReadonlyMap<string, ImageNode>

const WHITEOUT = '.wh.'
const OPAQUE = '.wh..wh..opq'

/** As many as Linux follows (path_resolution(7)). */
const MOST_LINKS = 40

/**
 * What an image holds with one more layer on top (image-spec layer.md, "Applying Changesets"). Whiteouts speak of
 * lower layers only, so they come first, wherever they stand in the archive.
 * @throws Error for devices, and for paths that leave the image
 */
export function applyLayer(lower: ImageFiles, archive: Buffer): ImageFiles {
  const files = new Map(lower)
  const records = [...readTar(archive)].map((record) => ({ ...record, path: safePath(record.path) }))
  for (const { path } of records) if (isWhiteout(path)) hide(files, path)
  for (const record of records) if (record.path !== '' && !isWhiteout(record.path)) put(files, record)
  return files
}

type Files = Map<string, ImageNode>

function isWhiteout(path: string): boolean {
  return nameOf(path).startsWith(WHITEOUT)
}

function hide(files: Files, path: string): void {
  const whiteout = locate(files, path)
  const directory = whiteout.slice(0, -nameOf(path).length)
  if (nameOf(path) === OPAQUE) removeBelow(files, directory)
  else remove(files, directory + nameOf(path).slice(WHITEOUT.length))
}

function put(files: Files, record: TarRecord): void {
  const path = locate(files, record.path)
  const node = nodeOf(files, record)
  makeParents(files, path)
  if (node.type === 'directory' && files.get(path)?.type === 'directory') return
  remove(files, path)
  files.set(path, node)
}

function nodeOf(files: Files, { type, path, link, executable, body }: TarRecord): ImageNode {
  switch (type) {
    case 'directory':
      return { type }
    case 'file':
      return { type, executable, body }
    case 'symlink':
      return { type, to: link }
    case 'hardlink': {
      const named = files.get(locate(files, safePath(link)))
      if (named !== undefined && named.type !== 'directory') return named
      throw new Error(`hard link "${path}" leads to "${link}", which is not there`)
    }
    case 'other':
      throw new Error(`layer entry "${path}" is a device, and the sandbox makes none`)
  }
}

function makeParents(files: Files, path: string): void {
  const parts = path.split('/').slice(0, -1)
  for (const index of parts.keys()) {
    const parent = parts.slice(0, index + 1).join('/')
    const node = files.get(parent)
    if (node === undefined) files.set(parent, { type: 'directory' })
    else if (node.type !== 'directory') throw new Error(`layer entry "${path}": "${parent}" is no directory`)
  }
}

/** Where a path leads when links on its way are followed, inside the image as in a chroot; its last part is not followed. */
function locate(files: Files, path: string): string {
  const way = path.split('/')
  const last = way.pop() ?? ''
  const real: string[] = []
  for (let links = 0, part = way.shift(); part !== undefined; part = way.shift()) {
    if (part === '..') real.pop()
    if (part === '' || part === '.' || part === '..') continue
    const node = files.get([...real, part].join('/'))
    if (node?.type !== 'symlink') {
      real.push(part)
      continue
    }
    links += 1
    if (links > MOST_LINKS) throw new Error(`layer entry "${path}": too many links on its way`)
    if (node.to.startsWith('/')) real.length = 0
    way.unshift(...node.to.split('/'))
  }
  return [...real, last].join('/')
}

function remove(files: Files, path: string): void {
  if (files.get(path)?.type === 'directory') removeBelow(files, `${path}/`)
  files.delete(path)
}

function removeBelow(files: Files, prefix: string): void {
  for (const path of [...files.keys()]) if (path.startsWith(prefix)) files.delete(path)
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** `./a//b` -> `a/b`. @throws Error for `..`, which could leave the root */
export function safePath(path: string): string {
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.')
  if (segments.includes('..') || path.includes('\u0000'))
    throw new Error(`layer entry "${path}" leaves its root`)
  return segments.join('/')
}
