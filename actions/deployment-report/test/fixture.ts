import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runBundle, type StepResult } from '../../../test/harness/bundle.ts'
import type { StepName } from '../src/steps.ts'

export const NEW_COMMIT = '4f2c9e1f0a4f2c9e1f0a4f2c9e1f0a4f2c9e1f0a'
export const BACK_COMMIT = 'b7710aab7710aab7710aab7710aab7710aab7710'

const OLD = { image: 'r.example/churn@sha256:0ld', 'storage-uri': 's3://ml/churn/0d83/' }
const NEW = { image: 'r.example/churn@sha256:9a41', 'storage-uri': 's3://ml/churn/fede/' }

type Values = Readonly<Record<string, string>>

function changed(before: Values, after: Values, more: object): object {
  const values = Object.keys(after).map((field) => ({ field, before: before[field], after: after[field] }))
  return { outcome: 'changed', 'from-this-run': true, branch: 'octo/gitops main', values, ...more }
}

function commit(id: string): object {
  return { commit: id, 'commit-url': `https://github.com/octo/gitops/commit/${id}` }
}

/** Reports as the real actions write them. */
export const REPORTS = {
  bump: changed(OLD, NEW, commit(NEW_COMMIT)),
  foundThere: changed(OLD, NEW, { ...commit(NEW_COMMIT), outcome: 'already-there', 'from-this-run': false }),
  first: changed({ image: '', 'storage-uri': '' }, NEW, commit(NEW_COMMIT)),
  sync: { application: 'churn-prod', result: 'live', waited: 2 },
  crash: {
    application: 'churn-prod',
    result: 'failed',
    seen: "pod churn-x7k2p: CrashLoopBackOff\nit said: KeyError: 'MODEL_PATH'",
    next: 'Look at the log of the container',
    waited: 2,
  },
  health: {
    result: 'healthy',
    rollout: {
      proven: true,
      pods: [
        { name: 'churn-1', restarts: 0 },
        { name: 'churn-2', restarts: 0 },
      ],
    },
    answer: { status: 200, compared: true },
    latency: { requests: 50, errors: 0, p95_ms: 11.2 },
    phases: [
      { name: 'rollout', 'started-ms': 0, ms: 700 },
      { name: 'probes', 'started-ms': 700, ms: 100 },
    ],
  },
  slow: {
    result: 'unhealthy',
    failure: { what: 'The latency objective is missed', seen: 'p95 140 ms', next: 'Give it more CPU' },
  },
  back: changed(NEW, OLD, commit(BACK_COMMIT)),
  overtaken: changed({ ...OLD, image: 'r.example/churn@sha256:1a7e' }, OLD, {
    ...commit(BACK_COMMIT),
    outcome: 'superseded',
    'from-this-run': false,
  }),
} as const

export interface Scene {
  readonly steps: string
  readonly reports?: Readonly<Partial<Record<StepName, unknown>>>
  readonly inputs?: Readonly<Record<string, string>>
}

/** Runs the bundle on what a job left behind. */
export async function tell({ steps, reports = {}, inputs = {} }: Scene): Promise<StepResult> {
  const folder = await mkdtemp(join(tmpdir(), 'deployment-report-'))
  try {
    const paths = await Promise.all(
      Object.entries(reports).map(async ([step, report]) => {
        const path = join(folder, `${step}.json`)
        await writeFile(path, typeof report === 'string' ? report : JSON.stringify(report))
        return `${step}=${path}`
      }),
    )
    const given = { service: 'churn', steps, reports: paths.join('\n'), ...inputs }
    return await runBundle('deployment-report', { inputs: given })
  } finally {
    await rm(folder, { recursive: true })
  }
}
