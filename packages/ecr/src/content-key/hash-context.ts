import { createHash, type Hash } from 'node:crypto'
import { closeSync, constants, createReadStream, openSync, readSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { messageOf, sanitizeLine, type World } from '@mlops-actions/diagnostics'
import { parseIgnoreFile } from './ignore-file.ts'
import { createIgnoreMatcher, type IgnoreMatcher } from './ignore-matcher.ts'
import { UnreadablePattern } from './ignore-pattern.ts'
import { Unkeyable } from './unkeyable.ts'
import { type ContextEntry, walkContext } from './walk.ts'

/** What was hashed. */
export interface HashedContext {
  /** Hexadecimal. */
  readonly digest: string
  readonly files: number
  readonly bytes: number
  /** Whether it has a `.git` of its own, which is another after each checkout. */
  readonly hasGit: boolean
}

/** Files up to this size are read at once into one buffer, larger ones as a stream. */
const PIECE = 1024 * 1024
/** After so many bytes or entries the event loop gets its turn: a cancel must not wait for 20 GB. */
const TURN_BYTES = 16 * 1024 * 1024
const TURN_ENTRIES = 512

/**
 * Hashes what a build gets of a folder: paths, kinds, permission bits, targets of links and bytes, which is what
 * BuildKit's own content hash counts (moby/buildkit `cache/contenthash`), without owner and times. Extended attributes
 * are not seen. Memory does not grow with the files.
 * @throws Unkeyable for what cannot be read, has a name that is no UTF-8, or changes meanwhile
 */
export async function hashContext(
  { signal }: Pick<World, 'signal'>,
  root: string,
  matcher: IgnoreMatcher,
): Promise<HashedContext> {
  const hash = createHash('sha256')
  const buffer = Buffer.allocUnsafe(PIECE)
  let [files, bytes, entries, due] = [0, 0, 0, TURN_BYTES]
  let hasGit = false
  for (const entry of entriesOf(root, matcher)) {
    const { path, kind, mode, size, target, device } = entry
    hasGit ||= path === '.git'
    hash.update(`${JSON.stringify([path, kind, mode, size, target, device])}\n`)
    if (kind === 'file') {
      files += 1
      bytes += size
      if (size <= PIECE) hashSmall(hash, root, entry, buffer)
      else await hashLarge(hash, root, entry, signal)
    }
    if (++entries % TURN_ENTRIES === 0 || bytes >= due) {
      due = bytes + TURN_BYTES
      await turn()
      signal.throwIfAborted()
    }
  }
  return { digest: hash.digest('hex'), files, bytes, hasGit }
}

function* entriesOf(root: string, matcher: IgnoreMatcher): Generator<ContextEntry> {
  const entries = walkContext(root, matcher)
  while (true) {
    const next = readable(() => entries.next())
    if (next.done === true) return
    const { path, target } = next.value
    // Node replaces bytes that are no UTF-8, so that two names could look the same.
    if (`${path}${target}`.includes('\ufffd'))
      throw new Unkeyable(`${sanitizeLine(path)} has a name or a target that is not UTF-8`)
    yield next.value
  }
}

/** A name that the walk met may be gone, or closed to us: the build will say what it makes of that. */
function readable<T>(read: () => T): T {
  try {
    return read()
  } catch (cause) {
    if (!/^E[A-Z]+: /.test(messageOf(cause))) throw cause
    throw new Unkeyable(`the context cannot be read: ${sanitizeLine(messageOf(cause))}`, { cause })
  }
}

function hashSmall(hash: Hash, root: string, { path, size }: ContextEntry, buffer: Buffer): void {
  const read = readable(() => {
    const file = openSync(join(root, path), constants.O_RDONLY | constants.O_NOFOLLOW)
    try {
      return readWhole(file, buffer)
    } finally {
      closeSync(file)
    }
  })
  if (read !== size) throw changed(path)
  hash.update(buffer.subarray(0, read))
}

/** Up to the end of the file or of the buffer. */
function readWhole(file: number, buffer: Buffer): number {
  let read = 0
  for (let more = -1; more !== 0 && read < buffer.length; read += more)
    more = readSync(file, buffer, read, buffer.length - read, read)
  return read
}

async function hashLarge(
  hash: Hash,
  root: string,
  { path, size }: ContextEntry,
  signal: AbortSignal,
): Promise<void> {
  let read = 0
  try {
    const stream = createReadStream(join(root, path), { highWaterMark: PIECE, signal })
    for await (const chunk of stream) {
      hash.update(chunk)
      read += chunk.length
    }
  } catch (cause) {
    signal.throwIfAborted()
    throw new Unkeyable(`${sanitizeLine(path)} cannot be read`, { cause })
  }
  if (read !== size) throw changed(path)
}

function changed(path: string): Unkeyable {
  return new Unkeyable(`${sanitizeLine(path)} changed while it was read`)
}

/** Nothing is left out: more than a build gets can make a build that was not needed, and never a wrong image. */
const EVERYTHING = createIgnoreMatcher([])

/**
 * The rules of the first of these files that is there. Docker looks for `<Dockerfile>.dockerignore` beside the
 * Dockerfile, then for `.dockerignore` in the root of the context, and never for both.
 * @param say called with the reason where a pattern is not understood and everything counts
 */
export async function readIgnoreRules(
  paths: readonly string[],
  say: (reason: string) => void,
): Promise<IgnoreMatcher> {
  for (const path of paths) {
    const text = await readFile(path, 'utf8').catch(() => undefined)
    if (text === undefined) continue
    try {
      if (text.includes('\ufffd')) throw new UnreadablePattern('bytes that are not UTF-8')
      return createIgnoreMatcher(parseIgnoreFile(text))
    } catch (thrown) {
      if (!(thrown instanceof UnreadablePattern)) throw thrown
      say(
        `${sanitizeLine(thrown.message)} in ${sanitizeLine(path)} is not a pattern that this action reads as Docker does: the whole context counts`,
      )
      return EVERYTHING
    }
  }
  return EVERYTHING
}
