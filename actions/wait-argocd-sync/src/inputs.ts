import { parseBranchName } from '@mlops-actions/git'
import {
  boolean,
  collection,
  common,
  defineInputs,
  duration,
  type InputsOf,
  lines,
  oneOf,
  parsed,
  secret,
  text,
} from '@mlops-actions/runner'
import { Expected, parseList } from '@mlops-actions/text'
import { accessFields, checkAccess } from './access/access-inputs.ts'
import { parseRevision } from './revision.ts'

const fields = {
  ...accessFields,
  mode: oneOf('wait', 'check', 'observe')({ default: 'wait' }),
  application: collection('names', parseNames)(),
  selector: text(),
  applicationset: parsed('name', parseName)(),
  children: oneOf('same-repository', 'all', 'none')({ default: 'same-repository' }),
  'fail-fast': boolean({ default: 'true' }),
  project: parsed('name', parseName)(),
  'app-namespace': parsed('name', parseName)(),
  revision: parsed('revision', parseRevision)(),
  repository: text(),
  branch: parsed('branch', parseBranchName)({ default: 'main' }),
  'repository-token': secret(),
  'expected-images': lines(),
  'expected-storage-uri': text(),
  'on-superseded': oneOf('accept', 'fail')({ default: 'accept' }),
  'on-blocked': oneOf('fail', 'wait')({ default: 'fail' }),
  'deep-health': boolean({ default: 'true' }),
  'include-pod-logs': boolean({ default: 'false' }),
  'accept-suspended': boolean({ default: 'false' }),
  'degraded-grace': duration({ default: '60s' }),
  settle: duration({ default: '10s' }),
  interval: duration({ default: '10s' }),
  timeout: common.timeout('15m'),
  sync: oneOf('never', 'if-needed', 'always')({ default: 'never' }),
  'dry-run': common.dryRun(),
  summary: common.summary(),
}

export type Inputs = InputsOf<typeof fields>

/** The inputs as they are for one Application. */
export type InputsOfOne = Omit<Inputs, 'application'> & { readonly application: string }

/** The inputs of a wait for one Application, which has a commit. */
export type WaitInputs = InputsOfOne & { readonly revision: string }

/** Whether a version has to stand in the objects of the cluster, so that they have to be read. */
export function isVersionExpected(given: Pick<Inputs, 'expectedImages' | 'expectedStorageUri'>): boolean {
  return given.expectedImages.length > 0 || given.expectedStorageUri !== undefined
}

export const inputs = defineInputs(fields, (given, problem) => {
  const { mode, revision, settle, timeout, interval } = given
  checkAccess(given, problem)
  const ways = [
    given.application.length > 0,
    given.selector !== undefined,
    given.applicationset !== undefined,
  ]
  const chosen = ways.filter((is) => is).length
  if (chosen === 0)
    problem('application', 'is required: want a name, or one of `selector` and `applicationset` instead')
  if (chosen > 1)
    problem(
      'application',
      'want one of `application`, `selector` and `applicationset`: each says which Applications are meant',
    )
  if (mode === 'wait' && revision === undefined) problem('revision', 'is required: want a commit')
  if (mode === 'observe' && given.sync !== 'never')
    problem('sync', 'a sync is started by a wait, and `mode` is observe')
  if (settle >= timeout)
    problem('settle', '`settle` has to be shorter than `timeout`, or the wait can never succeed')
  if (interval < 100) problem('interval', 'want at least 100ms')
})

function parseNames(value: string): readonly string[] {
  return [...new Set(parseList(value).map(parseApplication))]
}

/** @throws Expected for `namespace/name`, as the CLI of Argo CD takes it, with the way out */
function parseApplication(value: string): string {
  if (!/^[a-z0-9][-a-z0-9]*\/[a-z0-9]/.test(value)) return parseName(value)
  throw new Expected(
    'names without a namespace: give it as `app-namespace`; Applications of several namespaces are named by `selector` or `applicationset`',
  )
}

/** A name of a Kubernetes object (RFC 1123 subdomain). */
function parseName(value: string): string {
  if (/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/.test(value)) return value
  throw new Expected('a name of lower-case letters, digits, - and .')
}
