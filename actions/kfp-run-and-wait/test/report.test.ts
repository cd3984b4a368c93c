import { describe, expect, test } from '@jest/globals'
import type { Task } from '@mlops-actions/kfp'
import { type RunReport, reportRun } from '../src/report.ts'

const at = (seconds: number) => Date.UTC(2026, 0, 1) + seconds * 1_000
const task = (name: string, state: string, from: number, to?: number): Task => ({
  name,
  state,
  message: '',
  startedAt: at(from),
  finishedAt: to === undefined ? undefined : at(to),
  pod: '',
})

function summaryOf(...tasks: Task[]): string {
  const report: RunReport = {
    pipeline: 'churn',
    runId: 'r',
    url: 'https://kfp.example/r',
    outcome: 'succeeded',
    created: true,
    waited: 9_000,
    tasks,
    metrics: {},
    source: '',
    champion: { metrics: undefined, name: undefined },
    verdicts: [],
    artifacts: {},
    downloaded: [],
    failure: undefined,
    unread: undefined,
    log: '',
  }
  return reportRun(report)
}

describe('the chart of the tasks', () => {
  test('says of each how long the table says that it took', () => {
    const summary = summaryOf(task('data', 'Succeeded', 0, 3), task('train', 'Failed', 3, 64))
    expect(summary).toContain(`  data :${at(0)}, 3000ms\n  train :crit, ${at(3)}, 61000ms\n`)
    expect(summary).toContain('| `data` | Succeeded | 3.0 s |')
  })

  test('makes no second of what took none in the whole seconds of Argo', () => {
    const summary = summaryOf(task('data', 'Succeeded', 5, 5), task('train', 'Error', 5, 5))
    expect(summary).toContain(`  data :milestone, ${at(5)}, 0ms\n  train :milestone, crit, ${at(5)}, 0ms\n`)
    expect(summary).toContain('| `data` | Succeeded | 0.0 s |')
  })

  test('draws what still runs up to the last that is known', () => {
    const summary = summaryOf(task('data', 'Succeeded', 0, 30), task('train', 'Running', 2))
    expect(summary).toContain(`  train :active, ${at(2)}, 28000ms\n`)
  })
})
