import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Story } from '../story.ts'
import { formatPage } from './page.ts'

/** Writes the page; resolves to its path. */
export async function writeReport(directory: string, story: Story): Promise<string> {
  await mkdir(directory, { recursive: true })
  const path = join(directory, 'index.html')
  await writeFile(path, formatPage(story, new Date()))
  return path
}

/** Why no page can be written there; undefined where one can. Asked before the story, which takes its time. */
export function problemOfPlace(directory: string): string | undefined {
  if (!existsSync(directory)) {
    return directory === dirname(directory) ? 'it does not exist' : problemOfPlace(dirname(directory))
  }
  if (!statSync(directory).isDirectory()) return `${directory} is no folder`
  try {
    accessSync(directory, constants.W_OK)
    return undefined
  } catch {
    return `${directory} cannot be written to`
  }
}
