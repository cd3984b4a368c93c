import { createHash } from 'node:crypto'
import type { HttpRequest, HttpResponse, HttpStream, StreamedBody } from '@mlops-actions/http'
import { type ContentDescriptor, finishUrl, parseDigest, registryPath } from '@mlops-actions/oci'
import { damagedBlob } from '../image-failures.ts'
import { registryUrl } from '../registry-host.ts'
import { explainRegistry } from './explain-registry.ts'
import type { Place } from './place.ts'
import { resolveLocation } from './upload-location.ts'

/** A request without what all of them share. */
type Asked = Omit<HttpRequest, 'what' | 'headers' | 'explain'>

/** What lives no longer than this is no configuration of an image. */
const MOST_CONFIG_BYTES = 8 * 1024 * 1024

/** A registry may count the digest of many gigabytes before it answers. */
const PATIENCE = { headersTimeout: 300_000, totalTimeout: 300_000 } as const

const DOWNLOAD = 'Cannot read a layer'
const UPLOAD = 'Cannot send a layer'

/**
 * Opens a blob. ECR keeps none behind the registry's own host: its storage gets the request without the credentials.
 * @throws Failure
 */
export function openBlob(
  place: Place,
  { digest }: ContentDescriptor,
  signal: AbortSignal,
): Promise<HttpStream> {
  const url = `${registryUrl(place.host)}${registryPath.blob(place.repository.name, digest)}`
  // What comes is measured against its digest, whatever it begins with: a layer may well be a web page.
  const asked = { url, anyHost: true, tolerate: [200], signal }
  return ask(place, DOWNLOAD, asked, (request) => place.http.stream(request))
}

/** The configuration of an image, whole. @throws Failure */
export async function readBlob(place: Place, { digest }: ContentDescriptor): Promise<Buffer> {
  const url = `${registryUrl(place.host)}${registryPath.blob(place.repository.name, digest)}`
  const asked = { url, maxBytes: MOST_CONFIG_BYTES }
  const { body } = await ask(place, DOWNLOAD, asked, (request) => place.http.request(request))
  const { algorithm, hex } = parseDigest(digest)
  const actual = createHash(algorithm).update(body).digest('hex')
  if (actual === hex) return body
  throw damagedBlob(
    place,
    digest,
    `what came has the digest ${algorithm}:${actual}`,
    'The configuration of an image',
  )
}

/**
 * Asks the registry to take a blob over from another of its repositories. Undefined: it did. Otherwise it is an upload
 * that has begun: account setting BLOB_MOUNTING is off, the blob is not there, or other keys encrypt it.
 * @throws Failure also where the registry forbids it: then an upload may still be allowed
 */
export async function mountBlob(
  place: Place,
  { digest }: ContentDescriptor,
  from: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const url = `${registryUrl(place.host)}${registryPath.mount(place.repository.name, { digest, from })}`
  const answer = await send(place, { method: 'POST', url, signal })
  return answer.status === 201 ? undefined : resolveLocation(place, answer)
}

/** Begins an upload and resolves to where it goes on. @throws Failure */
export async function startUpload(place: Place, signal: AbortSignal): Promise<string> {
  const url = `${registryUrl(place.host)}${registryPath.uploads(place.repository.name)}`
  return resolveLocation(place, await send(place, { method: 'POST', url, signal }))
}

/**
 * Sends the whole blob in one request, and resolves to where the upload is finished. In one, because ECR takes a second
 * one with success and throws its bytes away (aws/containers-roadmap#2831); for the same reason a broken upload is begun
 * anew, and not gone on with.
 * @throws Failure
 */
export async function sendBlob(
  place: Place,
  location: string,
  body: StreamedBody,
  signal: AbortSignal,
): Promise<string> {
  const type = { 'content-type': 'application/octet-stream' }
  const { headersTimeout } = PATIENCE
  const answer = await send(place, { method: 'PATCH', url: location, body, signal, headersTimeout }, type)
  return resolveLocation(place, answer, location)
}

/** Ends an upload: from here on the repository has the blob. @throws Failure where the registry saw other bytes */
export async function finishUpload(
  place: Place,
  location: string,
  { digest }: ContentDescriptor,
  signal: AbortSignal,
): Promise<void> {
  await send(place, { method: 'PUT', url: finishUrl(location, digest), signal, ...PATIENCE })
}

function send(
  place: Place,
  asked: Asked,
  headers: Readonly<Record<string, string>> = {},
): Promise<HttpResponse> {
  return ask(place, UPLOAD, asked, (request) => place.http.request(request), headers)
}

/** Every request carries the token, and what is wrong with its answer is said in the words of ECR. */
async function ask<T>(
  place: Place,
  what: string,
  asked: Asked,
  sendIt: (request: HttpRequest) => Promise<T>,
  more: Readonly<Record<string, string>> = {},
): Promise<T> {
  let refusal: HttpResponse | undefined
  const auth = await place.login.auth()
  const headers = { authorization: `Basic ${auth}`, ...more }
  const explain = (response: HttpResponse): undefined => {
    refusal = response
  }
  try {
    return await sendIt({ ...asked, what, headers, explain })
  } catch (thrown) {
    if (refusal === undefined) throw thrown
    const { method = 'GET', url } = asked
    const failure = explainRegistry(refusal, { place, what, method, url: String(url), cause: thrown })
    if (failure.code === 'ECR_TOKEN_EXPIRED') await place.login.renew(auth)
    throw failure
  }
}
