import type { RunEvent, StepResult } from '@mlops-actions/workflow-runner'
import { describeChecks, describeStep, type Entry } from './describe.ts'
import type { Terminal } from './terminal.ts'
import { wrap } from './wrap.ts'

/** Follows a run and tells it, line by line, as it happens. */
export interface Timeline {
  readonly entries: readonly Entry[]
  follow(event: RunEvent): void
  stop(): void
}

/** Characters that a line may have between its label and its duration, where there is room for them. */
const TEXT = 64

/** What stands on a line beside its text: indent, second, label, duration, and a column that stays free. */
const BESIDE_TEXT = 32

export function startTimeline(terminal: Terminal): Timeline {
  const entries: Entry[] = []
  const began = performance.now()
  let running: Entry | undefined
  const elapsed = (): number => performance.now() - began
  const tick = setInterval(() => {
    if (running === undefined) return
    const now = { ...running, tookMs: elapsed() - running.startedMs }
    terminal.passing(formatEntry(terminal, now))
  }, 100)
  const add = (entry: Entry | undefined): void => {
    if (entry === undefined) return
    entries.push(entry)
    terminal.line(formatEntry(terminal, entry))
  }
  return {
    entries,
    follow: (event) => {
      if (event.type === 'step-started')
        running = {
          startedMs: elapsed(),
          tookMs: 0,
          label: '',
          text: passingName(event.step.name),
          failed: false,
        }
      if (event.type === 'step-finished') add(describeStep(event.step))
      if (event.type === 'job-finished' && event.job.id.endsWith('checks/checks'))
        add(describeChecks(ownSteps(event.job.steps)))
      if (event.type === 'step-finished') running = undefined
    },
    stop: () => clearInterval(tick),
  }
}

/** A step's name on the line that is soon replaced, without the pin of an action. */
function passingName(name: string): string {
  return `${name.replace(/@[0-9a-f]{40}$/, '')} …`
}

function ownSteps(steps: readonly StepResult[]): readonly StepResult[] {
  return steps.filter(({ name }) => !name.startsWith('Post '))
}

/** `      0.9 s  train     KFP run 7c2e91 succeeded …          2.8 s` */
export function formatEntry({ paint, width }: Terminal, entry: Entry): string {
  const mark = entry.failed ? '✖ ' : ''
  const text = Math.max(20, Math.min(TEXT, width - BESIDE_TEXT))
  const [first = '', ...rest] = wrap(`${mark}${entry.text}`, text)
  const head = `${seconds(entry.startedMs)}  ${entry.label.padEnd(9)}`
  const tone = entry.failed ? paint.bad : (plain: string) => plain
  const lines = [`    ${head} ${tone(first.padEnd(text))} ${paint.dim(seconds(entry.tookMs))}`]
  for (const more of rest) lines.push(`${' '.repeat(23)}${tone(more)}`)
  return lines.join('\n')
}

export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`.padStart(7)
}
