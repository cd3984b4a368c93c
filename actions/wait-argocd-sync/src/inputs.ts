import { parseBranchName } from '@mlops-actions/git'
import {
  boolean,
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
import { Expected } from '@mlops-actions/text'
import { accessFields } from './access-inputs.ts'
import { parseRevision } from './revision.ts'

const fields = {
  ...accessFields,
  mode: oneOf('wait', 'check')({ default: 'wait' }),
  application: parsed('name', parseName)({ required: true }),
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
  summary: common.summary(),
}

export type Inputs = InputsOf<typeof fields>

/** The inputs of a wait, which has a commit. */
export type WaitInputs = Inputs & { readonly revision: string }

export const inputs = defineInputs(fields, ({ mode, revision, settle, timeout, interval }, problem) => {
  if (mode === 'wait' && revision === undefined) problem('revision', 'is required: want a commit')
  if (settle >= timeout)
    problem('settle', '`settle` has to be shorter than `timeout`, or the wait can never succeed')
  if (interval < 100) problem('interval', 'want at least 100ms')
})

/** A name of a Kubernetes object (RFC 1123 subdomain). */
function parseName(value: string): string {
  if (/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/.test(value)) return value
  throw new Expected('a name of lower-case letters, digits, - and .')
}
