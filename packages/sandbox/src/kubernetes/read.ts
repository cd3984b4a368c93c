import type { SandboxRequest, SandboxResponse } from '../server.ts'
import { numberAt, textAt } from './json.ts'
import { type KubeObject, readJson } from './object.wire.ts'
import { type Matcher, parseFieldSelector, parseLabelSelector } from './selectors.ts'
import type { KubernetesState } from './state.ts'
import { answerJson, badRequest, expired, notFound } from './status.ts'
import { listHead, type Target } from './target.ts'

/** GET of one object. */
export function readOne(target: Target, name: string, state: KubernetesState): SandboxResponse {
  const object = state.store.get({ type: target.type, namespace: target.namespace ?? '', name })
  return object ? answerJson(200, object) : notFound(target.type, name)
}

/** The test of a LIST or WATCH, from its two selectors and its name. @throws SelectorError */
export function matcherOf(target: Target, query: URLSearchParams): Matcher {
  const labels = parseLabelSelector(query.get('labelSelector') ?? '')
  const fields = parseFieldSelector(query.get('fieldSelector') ?? '', target.type.kind)
  return (object) =>
    labels(object) &&
    fields(object) &&
    (target.name === undefined || textAt(object, 'metadata', 'name') === target.name)
}

/**
 * LIST with selectors and paging. A continue token names the revision of its first page; once the history no longer
 * reaches back to it the answer is 410 Expired, as after etcd's compaction.
 * @throws SelectorError
 */
export function readList(request: SandboxRequest, target: Target, state: KubernetesState): SandboxResponse {
  const matches = matcherOf(target, request.query)
  const found = state.store.list(target.type, target.namespace).filter(matches)
  const page = pageOf(request.query)
  if (page === 'unreadable') return badRequest('continue key is not valid: illegal base64 data')
  const oldest = state.store.history[0]?.revision
  if (page.revision !== undefined && (oldest === undefined || page.revision + 1 < oldest)) {
    return answerJson(
      410,
      expired('The provided continue parameter is too old to display a consistent list result.'),
    )
  }
  const items = found.filter((object) => orderOf(object) > page.after)
  const shown = page.limit === 0 ? items : items.slice(0, page.limit)
  const revision = page.revision ?? state.store.revision()
  const last = shown.at(-1)
  const more = last !== undefined && shown.length < items.length
  const metadata = {
    resourceVersion: String(revision),
    ...(more ? { continue: tokenOf(revision, last), remainingItemCount: items.length - shown.length } : {}),
  }
  return answerJson(200, { ...listHead(target.type), metadata, items: shown })
}

/** The order of a list: namespace, then name; NUL sorts before every character of a name. */
function orderOf(object: KubeObject): string {
  return `${object.metadata.namespace ?? ''}\0${object.metadata.name}`
}

function tokenOf(revision: number, last: KubeObject): string {
  return Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv: revision, start: orderOf(last) })).toString(
    'base64url',
  )
}

interface Page {
  readonly limit: number
  readonly after: string
  readonly revision: number | undefined
}

function pageOf(query: URLSearchParams): Page | 'unreadable' {
  const limit = Math.max(0, Number(query.get('limit') ?? '0') || 0)
  const token = query.get('continue')
  if (token === null || token === '') return { limit, after: '', revision: undefined }
  const content = readJson(Buffer.from(token, 'base64url').toString())
  const after = textAt(content, 'start')
  const revision = numberAt(content, 'rv')
  return after === undefined || revision === undefined ? 'unreadable' : { limit, after, revision }
}
