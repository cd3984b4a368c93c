import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from '@jest/globals'

const ROOT = resolve(import.meta.dirname, '../../..')
/** Where the sentences of a failure of this action are written. */
const SPEAKERS = ['actions/wait-argocd-sync', 'packages/argocd', 'packages/kubernetes', 'packages/wait']

const sources = SPEAKERS.flatMap((speaker) => {
  const folder = join(ROOT, speaker, 'src')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return files.filter((file) => file.endsWith('.ts')).map((file) => readFileSync(join(folder, file), 'utf8'))
}).join('\n')

const table = /## When it fails\n([\s\S]*?)\n## /.exec(
  readFileSync(join(ROOT, 'actions/wait-argocd-sync/README.md'), 'utf8'),
)?.[1]
const quoted = (table ?? '')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .flatMap((line) => [...(line.split(' | ')[0] ?? '').matchAll(/`([^`]+)`/g)].map(([, words = '']) => words))
  .filter((words) => !words.startsWith('mode:'))

test('the table of failures quotes more than ten', () => {
  expect(quoted.length).toBeGreaterThan(10)
})

test.each(quoted)('%j, which the table of failures quotes, is said by the code', (words) => {
  const parts = words.split('…').map((part) => part.trim())
  expect(parts.filter((part) => !sources.includes(part))).toEqual([])
})
