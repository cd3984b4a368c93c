import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from '@jest/globals'

/** Secrets with what separates items, cells and lines of what a step shows; none has a slash, so that names of files may have them. */
export const SEPARATORS = [
  'can,ary;Tok|en:0001',
  'can0002","path":"ary0002',
  'can`ary*_<b>0003</b>\\"',
  "can'ary%2C&amp;#0004",
]

interface Shown {
  readonly stdout: string
  readonly stderr: string
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
}

/** Neither what steps said nor any file that they left for others has a secret, or what a table or JSON makes of it. */
export async function expectHidden(steps: readonly Shown[], folder: string, secret: string): Promise<void> {
  const left = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = left.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')))
  for (const { stdout, stderr, outputs, summary } of steps)
    texts.push(stdout.replace(/^::add-mask::.*$/gm, ''), stderr, summary, ...Object.values(outputs))
  expect(texts.length).toBeGreaterThan(steps.length * 4)
  const [start, end] = [secret.slice(0, 9), secret.slice(-9)]
  const showing = texts.filter((text) => text.includes(secret) || text.includes(start) || text.includes(end))
  expect(showing.map((text) => text.slice(0, 400))).toEqual([])
  expect(texts.some((text) => text.includes('***'))).toBe(true)
}
