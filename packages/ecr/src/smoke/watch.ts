import { Failure, messageOf, type World, withDetails } from '@mlops-actions/diagnostics'
import { createHttp, type HttpClient } from '@mlops-actions/http'
import { waitFor } from '@mlops-actions/wait'
import type { Docker } from '../docker.ts'
import { containerState } from './container.ts'
import { evaluateSmoke, type SmokeLook } from './judge.ts'

export interface ContainerQuestion {
  readonly image: string
  /** Begins with a slash. */
  readonly path: string
  /** Milliseconds. */
  readonly timeout: number
}

const ONE_REQUEST_MS = 5_000

/**
 * Asks a container until it answers with 2xx, and looks each time whether it still runs.
 * @throws Failure `workload` where it ends, or does not answer in time
 */
export async function watchContainer(
  world: World,
  engine: Docker,
  { image, path, timeout }: ContainerQuestion,
  { id, address }: { readonly id: string; readonly address: string | undefined },
) {
  // A proxy of the job has no way to the loopback of this machine.
  const http = createHttp(
    { ...world, env: {} },
    { requestTimeout: ONE_REQUEST_MS, retries: 0, trustedOrigins: origins(address), maxBytes: 1024 * 1024 },
  )
  const [origin] = origins(address)
  const on = `${path} of the built image`
  try {
    return await waitFor<SmokeLook, { readonly status: number }>(world, {
      what: `the image to answer ${path}`,
      on: image,
      observe: async () => {
        const answer = await ask(world, http, origin && `${origin}${path}`)
        // Afterwards: what has ended meanwhile is seen to have.
        return { ...answer, state: await containerState(world, engine, id) }
      },
      evaluate: (seen) => evaluateSmoke(seen, on, path),
      interval: (waited) => (waited < 5_000 ? 250 : 1_000),
      timeout,
      next: 'Is it the right port and path, and does it need longer (`smoke-timeout`), variables (`smoke-env`) or a model that is not in the image?',
    })
  } catch (thrown) {
    if (!(thrown instanceof Failure) || thrown.code !== 'WAIT_TIMEOUT' || world.signal.aborted) throw thrown
    const what = 'The built image does not answer as it should'
    throw withDetails(thrown, { kind: 'workload', code: 'SMOKE_SILENT', what, on })
  } finally {
    http.close()
  }
}

/** A container that has ended before it was asked for its address has none. */
function origins(address: string | undefined): readonly string[] {
  return address === undefined ? [] : [`http://${address}`]
}

const NOT_GOOD = Array.from({ length: 200 }, (_, at) => at + 400)

async function ask(
  world: World,
  http: HttpClient,
  url: string | undefined,
): Promise<Omit<SmokeLook, 'state'>> {
  if (url === undefined) return { status: undefined, trouble: 'the engine has given it no address' }
  try {
    const { status } = await http.request({ url, what: 'Cannot ask the image', tolerate: NOT_GOOD })
    return { status, trouble: '' }
  } catch (thrown) {
    world.signal.throwIfAborted()
    return { status: undefined, trouble: thrown instanceof Failure ? thrown.details.seen : messageOf(thrown) }
  }
}
