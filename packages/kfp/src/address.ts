import { Failure, withDetails } from '@mlops-actions/diagnostics'
import type { HttpClient, HttpResponse } from '@mlops-actions/http'
import { isHealth } from './api.wire.ts'
import { type Explanation, explainFor } from './explain.ts'

/** Where a KFP installation answers, and what kind it is. */
export interface KfpAddress {
  /** Base of `/apis/v2beta1`, without a trailing slash. */
  readonly api: string
  /** Root of the host: ML Metadata is served there, whatever prefix the API has. */
  readonly root: string
  readonly version: string
  readonly multiUser: boolean
  readonly viaUi: boolean
}

/** Answers that say "something is here, but not KFP": the API may stand below `/pipeline`. */
const ELSEWHERE = new Set([
  'HTTP_404',
  'HTTP_405',
  'HTTP_LOGIN_PAGE',
  'HTTP_UNEXPECTED_SHAPE',
  'HTTP_NOT_JSON',
  'HTTP_EMPTY',
])

/**
 * Finds the API below the URL that the user gave: the API server (`http://host:8888`), the UI server, or the root of a
 * Kubeflow platform, where KFP stands below `/pipeline`.
 * @throws Failure `auth` for a login page, `upstream` when nothing there is KFP or the API server is down
 */
export async function resolveAddress(http: HttpClient, url: string): Promise<KfpAddress> {
  const base = url.replace(/\/+$/, '')
  try {
    return await probe(http, base)
  } catch (first) {
    if (!(first instanceof Failure) || !ELSEWHERE.has(first.code) || base.endsWith('/pipeline')) throw first
    return probe(http, `${base}/pipeline`).catch((second: unknown) => {
      throw second instanceof Failure && ELSEWHERE.has(second.code) ? notHere(first, base) : second
    })
  }
}

/** A login page has its own advice; whatever else answered is not Kubeflow Pipelines. */
function notHere(failure: Failure, base: string): Failure {
  if (failure.kind === 'auth') return failure
  const next = `Check \`url\`: Kubeflow Pipelines answers neither at ${base} nor below /pipeline there`
  return withDetails(failure, { next })
}

async function probe(http: HttpClient, api: string): Promise<KfpAddress> {
  const health = await http.json(
    {
      url: `${api}/apis/v2beta1/healthz`,
      what: 'Cannot reach Kubeflow Pipelines',
      explain: explainProbe,
    },
    isHealth,
  )
  if (!health.ready) throw notReady(api)
  const { version, multiUser, viaUi } = health
  return { api, root: new URL(api).origin, version, multiUser, viaUi }
}

/** healthz needs no right in Kubeflow: a refusal is that of the ingress. */
function explainProbe(response: HttpResponse): Explanation | undefined {
  if (response.status !== 403) return explainFor('get runs')(response)
  const next =
    'Let the ingress before KFP (Istio, oauth2-proxy) admit this token, or give what it wants in `extra-headers`'
  return { ...explainFor('get runs')(response), next }
}

function notReady(api: string): Failure {
  return new Failure({
    kind: 'upstream',
    code: 'KFP_NOT_READY',
    what: 'Cannot reach Kubeflow Pipelines',
    on: new URL(api).host,
    seen: 'the UI server answers and says that the API server behind it does not',
    next: 'Look at the pods ml-pipeline and mysql in the namespace of KFP, then run the step again',
  })
}

/** The page of a run for a person; an API server without a UI has only its JSON. */
export function runUrl({ api, viaUi }: KfpAddress, runId: string): string {
  const id = encodeURIComponent(runId)
  return viaUi ? `${api}/#/runs/details/${id}` : `${api}/apis/v2beta1/runs/${id}`
}
