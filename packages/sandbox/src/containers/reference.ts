/** `127.0.0.1:5000/ml/iris:v1@sha256:…`, taken apart. */
export interface ImageReference {
  readonly host: string
  readonly repository: string
  readonly tag: string | undefined
  readonly digest: string | undefined
}

const PATTERN =
  /^(?<host>[A-Za-z0-9.-]+(?::\d+)?)\/(?<repository>[a-z0-9]+(?:[._/-]+[a-z0-9]+)*)(?::(?<tag>[\w][\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/

/** A reference with its host; short names of Docker Hub are not known here. @throws Error */
export function parseReference(text: string): ImageReference {
  const groups = PATTERN.exec(text)?.groups
  if (!groups)
    throw new Error(`invalid reference format: "${text}" (want host[:port]/repository[:tag][@sha256:…])`)
  return {
    host: groups['host'] ?? '',
    repository: groups['repository'] ?? '',
    tag: groups['tag'],
    digest: groups['digest'],
  }
}

/** Plain http for this machine, https elsewhere: Docker's rule for insecure registries (127.0.0.0/8, ::1, localhost). */
export function registryBaseUrl(host: string): string {
  const name = host.replace(/:\d+$/, '')
  const local = name === 'localhost' || name === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(name)
  return `${local ? 'http' : 'https'}://${host}`
}
