import { type AwsCall, explainAws } from '@mlops-actions/aws'
import type { ECRClient } from '@mlops-actions/aws/ecr'
import { Failure, timerOf, type World } from '@mlops-actions/diagnostics'

/** The ECR API as this package asks it. */
export interface EcrApi {
  readonly client: ECRClient
  /** The longest that one call may take, its repetitions included, in milliseconds. */
  readonly patience: number
}

/**
 * Makes one call. The SDK's deadlines end with the headers of an answer: a body that drips or never ends would hold it
 * for ever, so there is one deadline over all.
 * @throws Failure `timeout`, or what the cause means
 */
export async function callEcr<T>(
  { signal }: Pick<World, 'signal'>,
  { patience }: EcrApi,
  call: AwsCall,
  send: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const either = AbortSignal.any([signal, AbortSignal.timeout(timerOf(patience))])
  const ended = Promise.withResolvers<never>()
  const onAbort = (): void => ended.reject(signal.aborted ? signal.reason : tooLong(call, patience))
  if (either.aborted) onAbort()
  either.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([ended.promise, send(either)])
  } catch (thrown) {
    throw signal.aborted ? signal.reason : either.aborted ? tooLong(call, patience) : explainAws(thrown, call)
  } finally {
    either.removeEventListener('abort', onAbort)
  }
}

function tooLong({ what, on }: AwsCall, patience: number): Failure {
  return new Failure({
    kind: 'timeout',
    code: 'ECR_TIMEOUT',
    what,
    on,
    seen: `there was no whole answer within ${patience / 1000} s`,
    next: 'Run the step again; if it stays, look at the network between runner and ECR, or raise `request-timeout`',
  })
}
