import { Failure, withDetails } from '@mlops-actions/diagnostics'

/** A login page where a model server is due, with the advice that fits: the service is not asked by the cluster's own way in. */
export function withLoginAdvice(thrown: unknown): unknown {
  const isLogin = thrown instanceof Failure && /^HTTP_(LOGIN|REDIRECT)/.test(thrown.code)
  if (!isLogin) return thrown
  const next =
    'Give what the login wants with the input `headers` (`Authorization: Bearer …`), or the address of the gateway itself with `url` and `host-header`'
  return withDetails(thrown, { next })
}
