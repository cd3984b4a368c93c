import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { copyWritable } from './copy.ts'

test('a copy of a read-only checkout can be written to, and leaves out what is filtered', () => {
  const root = mkdtempSync(join(tmpdir(), 'demo-copy-'))
  const [from, to] = [join(root, 'from'), join(root, 'to')]
  mkdirSync(join(from, 'k8s'), { recursive: true })
  writeFileSync(join(from, 'k8s', 'inference.yaml'), 'kind: InferenceService\n', { mode: 0o444 })
  writeFileSync(join(from, 'left-out'), '')
  chmodSync(join(from, 'k8s'), 0o555)
  chmodSync(from, 0o555)
  try {
    copyWritable(from, to, (path) => !path.endsWith('left-out'))
    const modes = [to, join(to, 'k8s'), join(to, 'k8s', 'inference.yaml')].map((path) => statSync(path).mode)
    expect(modes.map((mode) => (mode & 0o200).toString(8))).toEqual(['200', '200', '200'])
    expect(existsSync(join(to, 'left-out'))).toBe(false)
  } finally {
    for (const path of [from, join(from, 'k8s')]) chmodSync(path, 0o755)
    rmSync(root, { recursive: true })
  }
})
