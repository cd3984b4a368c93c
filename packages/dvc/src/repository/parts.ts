import type { DirEntry } from '../formats/dir-object.wire.ts'
import { invalidFile } from '../invalid.ts'
import type { SelectedOutput } from './targets.ts'

/**
 * The entries of a directory that were asked for: all, or those at and below its `parts`.
 * @throws Failure `config` for a part under which nothing is recorded
 */
export function selectedEntries(
  output: Pick<SelectedOutput, 'path' | 'parts'>,
  entries: readonly DirEntry[],
): readonly DirEntry[] {
  assertSelected(output, entries)
  return entries.filter(({ relpath }) => isSelected(output, relpath))
}

/** @throws Failure `config` for a part under which nothing is recorded */
export function assertSelected(
  { path, parts = [] }: Pick<SelectedOutput, 'path' | 'parts'>,
  entries: readonly DirEntry[],
): void {
  for (const part of parts) {
    if (entries.some(({ relpath }) => isAtOrBelow(relpath, part))) continue
    throw invalidFile(
      `targets: ${path}/${part}`,
      `the directory ${path} is tracked, and nothing in it has this name${/[*?[]/.test(part) ? '; patterns choose outputs, and no files in them' : ''}`,
      `Name one of its files, such as ${path}/${entries[0]?.relpath ?? '…'}, or ${path} itself`,
      'DVC_TARGET',
    )
  }
}

/** Whether a path in the directory is meant. */
export function isSelected({ parts }: Pick<SelectedOutput, 'parts'>, relpath: string): boolean {
  return parts === undefined || parts.some((part) => isAtOrBelow(relpath, part))
}

function isAtOrBelow(relpath: string, part: string): boolean {
  return relpath === part || relpath.startsWith(`${part}/`)
}
