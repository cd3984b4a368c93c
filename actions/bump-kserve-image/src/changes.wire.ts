import { parseFreeValue, parseRepositoryPath } from '@mlops-actions/gitops'
import { COMPONENTS } from '@mlops-actions/manifest'
import { Expected, parseEnum } from '@mlops-actions/text'
import { isMap, isScalar, isSeq, parseDocument } from 'yaml'
import {
  assertAnnotations,
  assertVariables,
  parseImage,
  parseKind,
  parseMountPath,
  parseObjectName,
  parsePolicy,
  parseStorageUri,
  parseText,
  parseValuePath,
} from './values.ts'
import { problemOfPolicy, type Wanted, type Words, wantedOf } from './wanted.ts'

const LONGEST = 64 * 1024
const MOST = 100

/**
 * The general case: a list in YAML, each entry a target and what shall stand there. Keys are the names of the inputs.
 * @throws Expected that says which entry is wrong
 */
export function parseChanges(text: string): readonly Wanted[] {
  return itemsOf(text).map((item, index) => {
    try {
      return parseEntry(item)
    } catch (thrown) {
      if (!(thrown instanceof Expected)) throw thrown
      throw new Expected(`${thrown.want} (entry ${index + 1})`)
    }
  })
}

const WANT = 'a YAML list of changes: `- {file: …, name: …, image: …}`'

function itemsOf(text: string): readonly unknown[] {
  if (text.length > LONGEST) throw new Expected(`${WANT}, at most ${LONGEST} characters`)
  const list = parseYaml(text)
  if (!isSeq(list) || list.items.length === 0) throw new Expected(WANT)
  if (list.items.length > MOST) throw new Expected(`${WANT}, at most ${MOST}`)
  return list.items
}

function parseYaml(text: string): unknown {
  try {
    const { contents, errors, warnings } = parseDocument(text, { schema: 'core', logLevel: 'error' })
    if (errors.length + warnings.length === 0) return contents
  } catch {
    // Nested so deep that the parser's stack is not.
  }
  throw new Expected(WANT)
}

/** What is not taken out of it in the end has no meaning here. */
type Entry = Map<string, unknown>

function parseEntry(item: unknown): Wanted {
  const entry = entryOf(item)
  const word = <T>(key: string, parse: (text: string) => T): T | undefined => {
    const node = take(entry, key)
    return node === undefined ? undefined : at(key, () => parse(textOf(node)))
  }
  const file = word('file', parseRepositoryPath)
  const target = {
    kind: word('kind', parseKind),
    name: word('name', parseObjectName),
    namespace: word('namespace', parseObjectName),
    component: word('component', (text) => parseEnum(text, COMPONENTS)),
    canary: word('canary', parseObjectName),
    container: word('container', parseObjectName),
    mountPath: word('mount-path', parseMountPath),
    policy: word('policy', parsePolicy),
  }
  const words: Words = {
    image: word('image', parseImage),
    storageUri: word('storage-uri', parseStorageUri),
    annotations: at('annotations', () => assertAnnotations(pairsOf(take(entry, 'annotations')))),
    env: at('env', () => assertVariables(pairsOf(take(entry, 'env')))),
    path: word('path', parseValuePath),
    value: at('value', () => freeValueOf(take(entry, 'value'))),
  }
  const [unknown] = entry.keys()
  if (unknown !== undefined) throw new Expected(`no key "${unknown}"`)
  const problem = problemOfPolicy(target, words)
  if (problem !== undefined) throw new Expected(problem)
  const wanted = wantedOf(file === undefined ? [] : [file], target, words)
  if (words.value !== undefined && words.path === undefined) throw new Expected('path beside value')
  if (wanted.wishes.length === 0)
    throw new Expected('something to set: image, storage-uri, annotations, env, or path and value')
  return wanted
}

function entryOf(item: unknown): Entry {
  if (!isMap(item)) throw new Expected(WANT)
  return new Map(item.items.map(({ key, value }) => [textOf(key), value]))
}

function take(entry: Entry, key: string): unknown {
  const node = entry.get(key)
  entry.delete(key)
  return node
}

/** Says at which key of the entry something is wrong. */
function at<T>(key: string, parse: () => T): T {
  try {
    return parse()
  } catch (thrown) {
    if (!(thrown instanceof Expected)) throw thrown
    throw new Expected(`${thrown.want}, at ${key}`)
  }
}

/** As it is written: `1.10` is not the number 1.1, and the revision `1234567` no number at all. */
function textOf(node: unknown): string {
  if (!isScalar(node) || node.anchor !== undefined || node.value === null) throw new Expected('text')
  return typeof node.value === 'string' ? node.value : (node.source ?? '')
}

function pairsOf(node: unknown): ReadonlyMap<string, string> {
  if (node === undefined) return new Map()
  if (!isMap(node)) throw new Expected('a map of keys and texts')
  return new Map(node.items.map(({ key, value }) => [textOf(key), textOf(value)]))
}

/** Quotes make a text of it, whatever it looks like. */
function freeValueOf(node: unknown): Words['value'] {
  if (node === undefined) return undefined
  const text = parseText(textOf(node))
  return isScalar(node) && node.type === 'PLAIN' ? parseFreeValue(text) : { value: text }
}
