import type { S3Call } from './context.ts'
import { S3Error } from './errors.ts'

export type Encode = (text: string) => string

/** `encoding-type=url`: S3 encodes as forms do, but leaves the slashes. @throws S3Error InvalidArgument */
export function encoder({ request: { query }, state }: S3Call): Encode {
  const type = query.get('encoding-type')
  if (type === null || state.quirks.listEncoding === 'ignored') return (text) => text
  if (type !== 'url')
    throw new S3Error(
      'InvalidArgument',
      { ArgumentName: 'encoding-type', ArgumentValue: type },
      'Invalid Encoding Method specified in Request',
    )
  return (text) =>
    encodeURIComponent(text)
      .replace(/[!'()~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
      .replace(/%2F/g, '/')
      .replace(/%20/g, '+')
}

/** A parameter that is a number from 0 on. @throws S3Error InvalidArgument */
export function numberParameter(query: URLSearchParams, name: string, fallback: number): number {
  const text = query.get(name)
  if (text === null) return fallback
  const value = Number(text)
  if (text !== '' && Number.isInteger(value) && value >= 0 && value <= 2_147_483_647) return value
  throw new S3Error(
    'InvalidArgument',
    { ArgumentName: name, ArgumentValue: text },
    `Provided ${name} not an integer or within integer range`,
  )
}
