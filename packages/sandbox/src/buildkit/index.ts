import {
  createSecureServer,
  type Http2Session,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2'
import { buffer } from 'node:stream/consumers'
import { type Authority, createAuthority, createIdentity } from '../faults/certificates.ts'

export interface BuildkitOptions {
  /** What it says of itself; undefined is one from before 0.11, which does not know the question. Default: 0.25. */
  readonly version?: string | undefined
  /** Names and addresses of its certificate. */
  readonly hosts?: readonly string[]
}

/** A buildkitd as far as one asks it what it is. Builds are those of the docker stand-in. */
export interface BuildkitServer {
  /** `tcp://127.0.0.1:port` */
  readonly address: string
  /** Whose clients it takes, and who has signed its certificate. */
  readonly authority: Authority
  /** How often it was asked. */
  readonly asked: () => number
  close(): Promise<void>
}

const INFO = '/moby.buildkit.v1.Control/Info'

/**
 * Starts one that demands client certificates. Of a client that it does not take it drops the connection: unlike Go, Node
 * sends no alert that says why. Source: moby/buildkit api/services/control/control.proto; grpc/grpc PROTOCOL-HTTP2.md.
 */
export async function startBuildkit(options: BuildkitOptions = {}): Promise<BuildkitServer> {
  const { version = 'v0.25.2', hosts = ['127.0.0.1'] } = options
  const authority = createAuthority('Builders')
  const identity = createIdentity({ hosts }, authority)
  const known = 'version' in options ? options.version : version
  const sessions = new Set<Http2Session>()
  let asked = 0
  const server = createSecureServer({
    ...identity,
    ca: authority.certificate,
    requestCert: true,
    rejectUnauthorized: true,
  })
  server.on('session', (session) => {
    sessions.add(session)
    session.on('error', () => undefined)
    session.on('close', () => sessions.delete(session))
  })
  server.on('stream', (stream, headers) => {
    asked++
    stream.on('error', () => undefined)
    buffer(stream).then(
      (message) => answer(stream, refusalOf(headers, message, known), known),
      () => undefined,
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const bound = server.address()
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0
  return {
    address: `tcp://127.0.0.1:${port}`,
    authority,
    asked: () => asked,
    close: async () => {
      for (const session of sessions) session.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

type Refusal = readonly [http: number, status: string, message: string]

/** What BuildKit v0.25.2, a server of grpc-go, takes for no question of its own, in its words. */
function refusalOf(
  headers: IncomingHttpHeaders,
  message: Buffer,
  version: string | undefined,
): Refusal | undefined {
  const { ':method': method, ':path': path = '', 'content-type': type = '' } = headers
  if (type !== 'application/grpc') return [415, '3', `invalid gRPC request content-type "${type}"`]
  if (method !== 'POST')
    return [405, '13', `Received a HEADERS frame with :method "${method}" which should be POST`]
  const [, service = '', call = ''] = path.split('/')
  if (path !== INFO || version === undefined)
    return [200, '12', `unknown method ${call} for service ${service}`]
  return message.length < 5 ? [200, '2', 'EOF'] : undefined
}

function answer(stream: ServerHttp2Stream, refusal: Refusal | undefined, version = ''): void {
  const type = { 'content-type': 'application/grpc' }
  if (refusal !== undefined) {
    const [status, code, message] = refusal
    stream.respond(
      { ':status': status, ...type, 'grpc-status': code, 'grpc-message': message },
      { endStream: true },
    )
    return
  }
  stream.respond({ ':status': 200, ...type }, { waitForTrailers: true })
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0', 'grpc-message': '' }))
  const info = field(1, Buffer.concat([field(1, 'github.com/moby/buildkit'), field(2, version)]))
  stream.end(Buffer.concat([Buffer.of(0, 0, 0, 0, info.length), info]))
}

/** A field with a length below 128, as protobuf has it. */
function field(number: number, content: string | Buffer): Buffer {
  const bytes = Buffer.from(content)
  return Buffer.concat([Buffer.of(number * 8 + 2, bytes.length), bytes])
}
