import { type AwsCall, explainAws } from '@mlops-actions/aws'
import type { ECRClient } from '@mlops-actions/aws/ecr'
import { Failure, timerOf, type World } from '@mlops-actions/diagnostics'
import type { Gallery } from './public/gallery.ts'

/** The ECR API as this package asks it. */
export interface EcrApi {
  readonly client: ECRClient
  /** The longest that one call may take, its repetitions included, in milliseconds. */
  readonly patience: number
  /** Set where it is ECR Public: `client` asks its API then, and what that does not say, its registry does. */
  readonly gallery?: Gallery | undefined
}

/**
 * Makes one call. The SDK's deadlines end with the headers of an answer: a body that drips or never ends would hold it
 * for ever, so there is one deadline over all.
 * @throws Failure `timeout`, or what the cause means
 */
export async function callEcr<T>(
  { signal }: Pick<World, 'signal'>,
  { patience, gallery }: EcrApi,
  asked: AwsCall,
  send: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const call = gallery === undefined ? asked : { ...asked, action: publicAction(asked.action) }
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

/** Closes what it is asked by. */
export function closeEcr({ client, gallery }: EcrApi): void {
  client.destroy()
  gallery?.close()
}

/** The same action at ECR Public; IAM knows it by another service. */
export function publicAction(action: string): string {
  return action.replaceAll(/\becr:/g, 'ecr-public:')
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
