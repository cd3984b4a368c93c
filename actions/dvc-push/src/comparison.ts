import { inlineCode, type JsonValue } from '@mlops-actions/diagnostics'
import { type FileChanges, isDirectoryOid, md5Of, type OutputChange } from '@mlops-actions/dvc'
import { formatCount, formatSize } from '@mlops-actions/text'
import type { Comparison } from './base.ts'

const ROWS = 30

/** As JSON: `counts` of the files that changed in a directory, or their `names`. */
export function comparisonValue(
  { ref, commit, changes }: Comparison,
  files: 'counts' | 'names',
): Readonly<Record<string, JsonValue>> {
  const of = (change: OutputChange['change']) =>
    changes.filter((one) => one.change === change).map((one) => changeValue(one, files))
  return { ref, base: commit, added: of('added'), modified: of('modified'), deleted: of('deleted') }
}

function changeValue(
  { path, before, after, files }: OutputChange,
  how: 'counts' | 'names',
): Readonly<Record<string, JsonValue>> {
  const side = (one: OutputChange['after']) =>
    one === undefined
      ? null
      : { md5: one.oid, size: one.size ?? null, files: one.nfiles ?? null, source: one.source }
  return {
    path,
    before: side(before),
    after: side(after),
    files: files === undefined ? null : filesValue(files, how),
  }
}

function filesValue({ added, modified, deleted }: FileChanges, how: 'counts' | 'names'): JsonValue {
  if (how === 'counts') return { added: added.length, modified: modified.length, deleted: deleted.length }
  return { added: [...added], modified: [...modified], deleted: [...deleted] }
}

/** Markdown: every output that differs, with its size; what changed inside of directories is folded. */
export function comparisonSection({ ref, commit, changes }: Comparison): string {
  const base = `${inlineCode(ref)} (${inlineCode(commit.slice(0, 12))})`
  if (changes.length === 0) return `### Data\n\nNo output differs from ${base}.`
  const more = changes.length - ROWS
  return [
    `### Data, compared with ${base}`,
    '',
    '| | output | size | files | md5 |',
    '|:--|:--|--:|--:|:--|',
    ...changes.slice(0, ROWS).map(changeRow),
    ...(more > 0 ? [`| … and ${more} more | | | | |`] : []),
    ...changes.slice(0, ROWS).flatMap(fileDetails),
  ].join('\n')
}

function changeRow({ change, path, before, after, files }: OutputChange): string {
  const size = arrow(sizeOf(before), sizeOf(after))
  const count = files === undefined ? arrow(filesOf(before), filesOf(after)) : formatChanges(files)
  const md5 = arrow(shortMd5(before), shortMd5(after))
  return `| ${change} | ${inlineCode(path)} | ${size} | ${count} | ${md5} |`
}

type Side = OutputChange['after']

function sizeOf(side: Side): string {
  return side === undefined ? '' : side.size === undefined ? '?' : formatSize(side.size)
}

function filesOf(side: Side): string {
  if (side === undefined) return ''
  return isDirectoryOid(side.oid) ? (side.nfiles?.toLocaleString('en-US') ?? '?') : '1'
}

function shortMd5(side: Side): string {
  return side === undefined ? '' : inlineCode(md5Of(side.oid).slice(0, 12))
}

/** One of two may be empty; the same on both sides is said once. */
function arrow(before: string, after: string): string {
  if (before === '' || before === after) return after
  return after === '' ? before : `${before} → ${after}`
}

function formatChanges({ added, modified, deleted }: FileChanges): string {
  const parts = { '+': added, '~': modified, '−': deleted }
  return Object.entries(parts)
    .filter(([, paths]) => paths.length > 0)
    .map(([sign, paths]) => `${sign}${paths.length.toLocaleString('en-US')}`)
    .join(' ')
}

function fileDetails({ path, files }: OutputChange): string[] {
  if (files === undefined) return []
  const lines = Object.entries(files).flatMap(([change, paths]: [string, readonly string[]]) =>
    paths.slice(0, ROWS).map((name) => `- ${change} ${inlineCode(name)}`),
  )
  const total = files.added.length + files.modified.length + files.deleted.length
  const more = total - lines.length
  return [
    '',
    `${inlineCode(path)}:`,
    '',
    `<details><summary>${formatCount(total, 'file')} in it</summary>`,
    '',
    ...lines,
    ...(more > 0 ? [`- … and ${more} more`] : []),
    '',
    '</details>',
  ]
}
