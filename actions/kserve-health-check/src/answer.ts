import { Failure, type FailureKind } from '@mlops-actions/diagnostics'
import type { InferenceOutcome, ModelTarget } from '@mlops-actions/kserve'

const PATHS_SHOWN = 5
const BODY_SHOWN = 500

/** An answer that will not get better by asking again, as the failure to end with. Its body is private. */
export function explainOutcome(outcome: InferenceOutcome, target: ModelTarget, showBody: boolean): Failure {
  const { status, body, differences } = outcome
  const words = showBody && body !== '' ? `: ${body.slice(0, BODY_SHOWN)}` : ''
  if (status >= 200 && status < 300) {
    if (differences.length > 0) return wrongAnswer(outcome, target, showBody)
    return NOT_A_NUMBER.test(body) ? notANumber(target, status) : noAnswer(target, status)
  }
  const hint = showBody ? '' : ' (samples-in-report: full shows what the server said)'
  const [kind, next] = meaningOf(status, target)
  return new Failure({
    kind,
    code: `INFERENCE_HTTP_${status}`,
    what: 'The new version does not answer the inference request',
    on: `${target.url}, model "${target.model}"`,
    seen: `HTTP ${status}${words}${hint}`,
    next,
    retryable: false,
  })
}

function meaningOf(status: number, { model }: ModelTarget): readonly [FailureKind, string] {
  if (status === 401 || status === 403) {
    return ['auth', 'Give what the service asks for with the input `headers` (`Authorization: Bearer …`)']
  }
  if (status === 404) return ['not-found', `Check model-name ("${model}") and protocol`]
  if (status === 501) return ['config', 'Set the other protocol: the server does not speak this one']
  if (status < 500) return ['config', 'Correct `request`: the server does not accept it']
  return [
    'workload',
    'Read the log of the server. Some servers (sklearnserver) answer 500 to a request of the wrong shape, so check `request` too',
  ]
}

/** What Python's json module writes for a float that JSON has no number for. */
const NOT_A_NUMBER = /[[:,]\s*(?:NaN|-?Infinity)\s*[,\]}]/

function notANumber({ url, model }: ModelTarget, status: number): Failure {
  return new Failure({
    kind: 'gate',
    code: 'ANSWER_NOT_A_NUMBER',
    what: 'The new version answers with what is no number',
    on: `${url}, model "${model}"`,
    seen: `HTTP ${status} with NaN or an infinity in the answer, which is no JSON either`,
    next: 'Look at the model and at what it is asked: a missing feature, a division by zero or weights that were not loaded give NaN',
  })
}

function noAnswer({ url, protocol }: ModelTarget, status: number): Failure {
  const list = protocol === 'v1' ? 'predictions' : 'outputs'
  return new Failure({
    kind: 'upstream',
    code: 'ANSWER_UNREADABLE',
    what: 'The answer is not one of a model server',
    on: url,
    seen: `HTTP ${status} with a body that is no JSON object with the list "${list}"`,
    next: 'Check url and host-header: something else may answer there. A server whose answers look otherwise needs expected-response',
    retryable: false,
  })
}

function wrongAnswer({ differences }: InferenceOutcome, target: ModelTarget, showValues: boolean): Failure {
  const shown = differences.slice(0, PATHS_SHOWN).map(({ path, problem, expected, actual }) => {
    const values = showValues ? ` (expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)})` : ''
    return `${path}: ${problem}${values}`
  })
  const more = differences.length > shown.length ? ` and ${differences.length - shown.length} more` : ''
  return new Failure({
    kind: 'gate',
    code: 'ANSWER_DIFFERS',
    what: 'The new version answers wrongly',
    on: `${target.url}, model "${target.model}"`,
    seen: `${shown.join('; ')}${more}`,
    next: 'If the new answers are right, update expected-response; if only the last digits differ, raise rtol or atol',
  })
}
