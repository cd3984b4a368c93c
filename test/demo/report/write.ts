import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Story } from '../story.ts'
import { formatPage } from './page.ts'

/** Writes the page; resolves to its path. */
export async function writeReport(directory: string, story: Story): Promise<string> {
  await mkdir(directory, { recursive: true })
  const path = join(directory, 'index.html')
  await writeFile(path, formatPage(story, new Date()))
  return path
}
