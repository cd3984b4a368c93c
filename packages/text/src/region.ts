import { Expected } from './expected.ts'

/**
 * A region of AWS, in any partition: `eu-west-1`, `us-gov-east-1`, `eusc-de-east-1`, also one that is not there yet. It
 * becomes part of host names, so that a wrong one would be a host that does not resolve, or somebody else's.
 * @throws Expected
 */
export function parseAwsRegion(text: string): string {
  if (/^[a-z]{2,6}(?:-[a-z]{2,12}){1,3}-\d{1,2}$/.test(text)) return text
  throw new Expected('a region of AWS, such as eu-west-1')
}

/** The same of a server that speaks S3, which calls its regions as it likes: `auto`, `fr-par`, `garage`. @throws Expected */
export function parseStoreRegion(text: string): string {
  if (/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/.test(text)) return text
  throw new Expected('a region, such as eu-west-1, or what your own S3 server calls its region')
}
