import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { type Failure, wrongInput } from '@mlops-actions/diagnostics'
import { Expected, parseList } from '@mlops-actions/text'
import { CONTROL } from './values.ts'

/** What `digests` says: the digests themselves, or where they are. */
export type DigestsInput = readonly string[] | { readonly path: string }

const DIGEST = /^sha256:[0-9a-f]{64}$/
const WANT =
  'digests such as sha256:9a41…, the JSON of outputs (`toJSON(needs.build.outputs)`), or the path of a folder or file with them'

/** @throws Expected */
export function parseDigests(text: string): DigestsInput {
  if (text === '') return []
  if (/^[[{]/.test(text)) return distinct(collect(parse(text), 'the JSON'))
  const items = parseList(text)
  if (items.every((item) => DIGEST.test(item))) return distinct(items)
  if (text.includes('sha256:') || CONTROL.test(text) || text.startsWith('-')) throw new Expected(WANT)
  return { path: text }
}

/**
 * The digests, out of a folder or file where the input names one. In a folder each file is one: its text, the `digest` of a
 * report of this action, or, where it is empty, its name, as `touch` makes it.
 * @throws Failure `config`
 */
export async function readDigests(input: DigestsInput, workspace: string): Promise<readonly string[]> {
  if (!('path' in input)) return input
  const root = resolve(workspace, input.path)
  const stats = await stat(root).catch(() => undefined)
  if (stats === undefined) throw wrong(`there is no folder or file ${input.path}`)
  const files = stats.isDirectory() ? await filesBelow(root) : [root]
  const found = await Promise.all(files.map(readOne))
  if (found.length === 0) throw wrong(`the folder ${input.path} is empty: no job has left its digest there`)
  return distinct(found.flat())
}

const MOST_FILES = 1_000
const MOST_BYTES = 1024 * 1024

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  if (files.length > MOST_FILES)
    throw wrong(`${folder} has ${files.length} files, which are no digests of a build`)
  return files.toSorted()
}

async function readOne(path: string): Promise<readonly string[]> {
  const { size } = await stat(path)
  if (size > MOST_BYTES) throw wrong(`${path} has ${size} bytes, and no digest`)
  const text = (await readFile(path, 'utf8')).trim()
  const name = `sha256:${basename(path)}`
  if (text === '' && DIGEST.test(name)) return [name]
  try {
    if (text !== '') {
      const digests = parseDigests(text)
      if (!('path' in digests)) return digests
    }
  } catch (thrown) {
    if (!(thrown instanceof Expected)) throw thrown
  }
  throw wrong(`the file ${path} holds no digest, and its name is none`)
}

/** Of the outputs of jobs whatever is a value is a digest; one that is empty is of a job that set none. */
function collect(value: unknown, where: string): readonly string[] {
  if (typeof value === 'string' && DIGEST.test(value)) return [value]
  if (Array.isArray(value)) return value.flatMap((one, at) => collect(one, `${where}[${at}]`))
  if (typeof value === 'object' && value !== null) {
    const fields = value as Readonly<Record<string, unknown>>
    // A job of `needs`, or a report of this action.
    for (const name of ['outputs', 'digest'])
      if (fields[name] !== undefined) return collect(fields[name], `\`${name}\` of ${where}`)
    return Object.entries(fields).flatMap(([name, one]) => collect(one, `\`${name}\` of ${where}`))
  }
  throw new Expected(`${WANT}; ${where} is ${value === '' ? 'empty: did its job set it?' : 'no digest'}`)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Expected(`${WANT}; this is no JSON`)
  }
}

function distinct(digests: readonly string[]): readonly string[] {
  return [...new Set(digests)]
}

function wrong(seen: string): Failure {
  return wrongInput('digests', {
    code: 'DIGESTS',
    seen,
    next: 'Give the outputs `digest` of the jobs that built the images, or the folder to which their artifacts were downloaded',
  })
}
