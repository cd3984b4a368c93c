import { readFile } from 'node:fs/promises'
import type { BumpOrder } from '@mlops-actions/gitops'
import type { RunContext } from '@mlops-actions/runner'

/**
 * What the event of a push says of the commit that this run is for; other events, and a payload of another commit, say
 * nothing of it.
 */
export async function readPushedCommit({
  eventName,
  eventPath,
  sha,
}: Pick<RunContext, 'eventName' | 'eventPath' | 'sha'>): Promise<NonNullable<BumpOrder['reference']>> {
  if (eventName !== 'push') return {}
  const commit = fieldOf(await readPayload(eventPath), 'head_commit')
  if (sha === '' || textIn(commit, 'id') !== sha) return {}
  const author = fieldOf(commit, 'author')
  return {
    message: textIn(commit, 'message'),
    date: dateIn(commit),
    author: formatAuthor(textIn(author, 'name'), textIn(author, 'email')),
  }
}

function dateIn(commit: unknown): string | undefined {
  const date = textIn(commit, 'timestamp') ?? ''
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)$/.test(date) ? date : undefined
}

/** An address as Argo CD reads it (net/mail): a name with other characters than words and blanks stands in quotes. */
function formatAuthor(name = '', email = ''): string | undefined {
  if (name === '' || !/^[^\s<>"(),:;\\@]+@[^\s<>"(),:;\\@]+$/.test(email)) return undefined
  const isPlain = /^[\p{L}\p{N} _-]+$/u.test(name)
  return `${isPlain ? name : `"${name.replace(/["\\]/g, '\\$&')}"`} <${email}>`
}

async function readPayload(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch {
    return undefined
  }
}

function textIn(value: unknown, key: string): string | undefined {
  const text = fieldOf(value, key)
  return typeof text === 'string' ? text : undefined
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined
}
