import type { FailureKind } from '@mlops-actions/diagnostics'
import type { FaultMode } from './modes.ts'
import type { FaultTls } from './server.ts'

/** One fault, and what a correct client reports of a JSON read that met it. */
export interface FaultCase {
  readonly modes: readonly FaultMode[]
  readonly tls?: FaultTls
  /** Undefined: the client gets through. */
  readonly kind: FailureKind | undefined
  /** Whether an idempotent request is sent again before it fails. */
  readonly retried: boolean
}

const once = (mode: FaultMode, kind: FailureKind): FaultCase => ({ modes: [mode], kind, retried: false })
const again = (mode: FaultMode, kind: FailureKind): FaultCase => ({ modes: [mode], kind, retried: true })
const passing = (...modes: FaultMode[]): FaultCase => ({
  modes: [...modes, 'ok'],
  kind: undefined,
  retried: true,
})
const handshake = (tls: FaultTls): FaultCase => ({ modes: ['ok'], tls, kind: 'config', retried: false })

/**
 * Every fault that a server or the network can show to a client, by name, with the failure kind that the user must
 * be told. A test of an action loops over it; `redirect to metadata` is for clients that follow redirects at all.
 */
export const FAULTS: Readonly<Record<string, FaultCase>> = {
  'reset before the answer': again('rst', 'upstream'),
  'closed before the answer': again('fin', 'upstream'),
  'body shorter than its Content-Length': again('trunc', 'upstream'),
  'chunked body without its end': again('truncchunk', 'upstream'),
  'reset inside the body': again('rstbody', 'upstream'),
  'accepted, then silence': again('hang', 'timeout'),
  'silence inside the body': again('hangbody', 'timeout'),
  'one byte at a time': again('drip', 'timeout'),
  'login page with status 200': once('html', 'auth'),
  'login page labelled as JSON': once('htmljson', 'auth'),
  'redirect to a login on another host': once('login', 'auth'),
  'empty body with status 200': again('empty', 'upstream'),
  'no content where JSON is due': again('nocontent', 'upstream'),
  'JSON that ends early': again('truncjson', 'upstream'),
  'JSON that is not UTF-8': again('badutf8', 'upstream'),
  'JSON of another server': once('wrongjson', 'upstream'),
  'XML instead of JSON': again('xml', 'upstream'),
  'endless body': once('huge', 'upstream'),
  'body announced as a terabyte': once('hugelength', 'upstream'),
  'decompression bomb': once('gzipbomb', 'upstream'),
  'another protocol': once('nothttp', 'upstream'),
  'redirect to metadata': once('redirect:http://169.254.169.254/latest/meta-data/', 'auth'),
  'bad request': once('status:400', 'config'),
  unauthorized: once('status:401', 'auth'),
  forbidden: once('status:403', 'auth'),
  'not found': once('status:404', 'not-found'),
  conflict: once('status:409', 'conflict'),
  'precondition failed': once('status:412', 'conflict'),
  unprocessable: once('status:422', 'config'),
  'too many requests': again('status:429', 'rate-limit'),
  'server error': again('status:500', 'upstream'),
  'bad gateway': again('status:502', 'upstream'),
  unavailable: again('status:503', 'upstream'),
  'gateway timeout': again('status:504', 'upstream'),
  'rate limit that passes, in seconds': passing('retry-after:2'),
  'rate limit that passes, as a date': passing('retry-date:3'),
  'unavailable twice, then well': passing('status:503', 'status:503'),
  'reset once, then well': passing('rst'),
  'cut once, then well': passing('truncchunk'),
  'certificate of an unknown CA': handshake('unknown-ca'),
  'certificate that signed itself': handshake('self-signed'),
  'expired certificate': handshake('expired'),
  'certificate of another host': handshake('wrong-host'),
}
