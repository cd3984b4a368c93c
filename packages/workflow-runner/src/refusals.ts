import { Failure } from '@mlops-actions/diagnostics'
import { isMapping, type Json, listOf, type Mapping, mappingOf, textOf } from './values.ts'

const JOB_KEYS = ['container', 'services', 'snapshot', 'cancel-timeout-minutes']
const STEP_KEYS = ['background', 'wait', 'wait-all', 'cancel', 'parallel']
const OTHER_SHELLS = ['pwsh', 'powershell', 'cmd']

/** Throws naming everything in the workflow that GitHub would run and this runner would not. */
export function refuseUnsupported(path: string, workflow: Mapping): void {
  const jobs = Object.entries(mappingOf(workflow['jobs']))
  const found = [
    ...defaultShell('', workflow),
    ...jobs.flatMap(([id, job]) => unsupportedInJob(`jobs.${id}`, mappingOf(job))),
  ]
  if (found.length > 0) throw unsupported(path, found)
}

/** The refusal of named features, found before a run or, for local actions, during it. */
export function unsupported(where: string, features: readonly string[]): Failure {
  return new Failure({
    kind: 'config',
    code: 'WORKFLOW_UNSUPPORTED',
    what: 'The local runner cannot run this workflow',
    on: where,
    seen: `not supported: ${features.join('; ')}`,
    next: 'Run it on GitHub, or leave this part out of what is run here',
  })
}

/** What of a list of steps, of a job or of a composite action, is not supported. */
export function unsupportedInSteps(at: string, steps: Json | undefined): string[] {
  return listOf(steps).flatMap((step, index) => unsupportedInStep(`${at}.steps[${index}]`, mappingOf(step)))
}

function unsupportedInJob(at: string, job: Mapping): string[] {
  return [
    ...JOB_KEYS.filter((key) => key in job).map((key) => `${at}.${key}`),
    ...defaultShell(`${at}.`, job),
    ...windowsRunner(at, job['runs-on']),
    ...unsupportedInSteps(at, job['steps']),
  ]
}

function unsupportedInStep(at: string, step: Mapping): string[] {
  const uses = textOf(step['uses'])
  return [
    ...STEP_KEYS.filter((key) => key in step).map((key) => `${at}.${key}`),
    ...(uses.startsWith('docker://') ? [`${at}.uses ${uses} (docker action)`] : []),
    ...otherShell(`${at}.shell`, step['shell']),
  ]
}

function defaultShell(at: string, holder: Mapping): string[] {
  return otherShell(`${at}defaults.run.shell`, mappingOf(mappingOf(holder['defaults'])['run'])['shell'])
}

function otherShell(at: string, shell: Json | undefined): string[] {
  const name = textOf(shell).split(' ')[0] ?? ''
  return OTHER_SHELLS.includes(name) ? [`${at} ${name}`] : []
}

function windowsRunner(at: string, runsOn: Json | undefined): string[] {
  const labels = isMapping(runsOn) ? listOf(runsOn['labels']) : listOf(runsOn)
  return labels.map(textOf).flatMap((label) => (/^windows\b/i.test(label) ? [`${at}.runs-on ${label}`] : []))
}
