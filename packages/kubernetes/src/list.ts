import { array, record, unknownValue } from '@mlops-actions/http'
import type { Listing } from './client.ts'
import { pathOf, type ResourceType, type Selection } from './resource.ts'
import { isListHead } from './status.wire.ts'
import type { Transport } from './transport.ts'

const PAGE = 500
const isPage = record({ items: array(unknownValue) })

/** Page after page; a page that came too late (410) starts the list over, then in one piece. */
export async function listAll<T>(
  transport: Transport,
  type: ResourceType<T>,
  selection: Selection,
): Promise<Listing<T>> {
  const items: T[] = []
  for (let token: string | undefined = '', limit = PAGE; ; ) {
    const page: Page<T> | undefined = await readPage(transport, type, selection, { limit, token })
    if (page === undefined) {
      items.length = 0
      token = ''
      limit = 0
      continue
    }
    items.push(...page.items)
    token = page.next
    if (token === undefined) return { items, resourceVersion: page.resourceVersion }
  }
}

interface Page<T> extends Listing<T> {
  readonly next: string | undefined
}

async function readPage<T>(
  { http, send }: Transport,
  type: ResourceType<T>,
  selection: Selection,
  { limit, token }: { limit: number; token: string },
): Promise<Page<T> | undefined> {
  const query = selectionQuery(selection)
  if (limit > 0) query.set('limit', String(limit))
  if (token !== '') query.set('continue', token)
  return send(
    { verb: 'list', type, namespace: selection.namespace },
    `${pathOf(type, selection.namespace)}?${query}`,
    async (request) => {
      const tolerate = token === '' ? [] : [410]
      const body = await http.json({ ...request, tolerate }, (value) => {
        const { metadata } = isListHead(value)
        const items = isPage(value).items.map((item, at) => type.check(item, `items[${at}]`))
        const next = metadata.continue === '' ? undefined : metadata.continue
        return { items, resourceVersion: metadata.resourceVersion, next }
      })
      return body
    },
  )
}

/** `labelSelector=…&fieldSelector=…` */
export function selectionQuery({ labelSelector, fieldSelector }: Selection): URLSearchParams {
  return new URLSearchParams({
    ...(labelSelector === undefined ? {} : { labelSelector }),
    ...(fieldSelector === undefined ? {} : { fieldSelector }),
  })
}
