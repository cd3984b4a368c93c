import type { S3Client } from '@aws-sdk/client-s3'
import { readAwsError } from './error.wire.ts'

const EXPIRED = /^(ExpiredToken|ExpiredTokenException|TokenRefreshRequired|RequestExpired)$/

/**
 * Makes a client ask for new credentials, once for each request, where the server says that they have expired: the
 * machine's clock may be slow, a session revoked, a token shorter-lived than it said. The outermost step, so that
 * everything that was done with the old ones is done anew.
 */
export function renewExpiredCredentials(client: S3Client): void {
  let renewals = 0
  let renewing: Promise<unknown> | undefined
  const renew = async (seen: number): Promise<void> => {
    // Of many requests that fail together the first one asks.
    if (seen === renewals) {
      renewals += 1
      renewing = client.config.credentials({ forceRefresh: true })
    }
    await renewing
  }
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const seen = renewals
      try {
        return await next(args)
      } catch (thrown) {
        if (!isExpired(thrown, String(context['commandName']))) throw thrown
        await renew(seen).catch(() => {
          throw thrown
        })
        return next(args)
      }
    },
    { step: 'initialize', priority: 'high', name: 'renewExpiredCredentials' },
  )
}

/** An answer to HEAD has no body that could name its error; a bad token is a bad request there. */
function isExpired(thrown: unknown, operation: string): boolean {
  const { name, status } = readAwsError(thrown)
  return EXPIRED.test(name) || (status === 400 && operation.startsWith('Head'))
}
