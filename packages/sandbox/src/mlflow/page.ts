import type { Input } from './input.wire.ts'

export interface Page<T> {
  readonly items: readonly T[]
  readonly next: string | undefined
}

/** `page_token` is the base64 of `{"offset": n}` (mlflow/utils/search_utils.py create_page_token). */
export function takePage<T>(all: readonly T[], input: Input, defaultSize: number): Page<T> {
  const size = input.optionalNumber('max_results') ?? defaultSize
  const offset = parseOffset(input.optionalText('page_token'))
  const end = offset + size
  return { items: all.slice(offset, end), next: end < all.length ? formatOffset(end) : undefined }
}

function formatOffset(offset: number): string {
  return Buffer.from(`{"offset": ${offset}}`).toString('base64')
}

function parseOffset(token: string | undefined): number {
  if (token === undefined || token === '') return 0
  return Number(/"offset": (\d+)/.exec(Buffer.from(token, 'base64').toString('utf8'))?.[1] ?? 0)
}
