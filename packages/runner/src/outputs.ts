import * as core from '@actions/core'
import { Failure, messageOf, type OutputValue, systemTrouble } from '@mlops-actions/diagnostics'
import { formatCount } from '@mlops-actions/text'
import { type Fitted, fitJson, fitText, jsonBytes } from './fit.ts'
import { type Keeping, keepJson } from './kept-file.ts'

export type Outputs = Readonly<Record<string, OutputValue | undefined>>

/** The longest single output, in bytes. */
const OUTPUT_LIMIT = 64 * 1024
/**
 * GitHub takes 1 MB of outputs of a job, counted as UTF-16
 * (docs.github.com/en/actions/using-jobs/defining-outputs-for-jobs); a step leaves half of it to others.
 */
const OUTPUTS_LIMIT = 512 * 1024
/** Shorter ones are never cut: digests, ids, addresses. */
const SHORT_OUTPUT = 1024

/** What the runner is told, and how much of what it is not. */
export interface OutputPlan {
  readonly texts: ReadonlyMap<string, string>
  /** Outputs that are not whole: `files (1,000 of 20,000 items)`. */
  readonly cut: ReadonlyMap<string, string>
}

/** The texts of the outputs that are given, all of them cut to the same length until they fit together. */
export function planOutputs(outputs: Outputs): OutputPlan {
  const given = Object.entries(outputs).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  )
  for (let limit = OUTPUT_LIMIT; ; limit /= 2) {
    const fitted = given.map(([name, value]) => ({ name, value, ...fit(value, limit) }))
    const length = fitted.reduce((sum, { name, text }) => sum + name.length + text.length, 0)
    if (2 * length >= OUTPUTS_LIMIT && limit > SHORT_OUTPUT) continue
    const cut = fitted.filter(({ isCut }) => isCut)
    return {
      texts: new Map(fitted.map(({ name, text }) => [name, text])),
      cut: new Map(cut.map(({ name, value, text }) => [name, `${name} (${lossOf(value, text)})`])),
    }
  }
}

/**
 * Writes outputs to the runner's file; an undefined value is not written. Where one is cut, and no output `<name>-file`
 * tells where it is whole, it is kept in a file below `temp`; the result is a sentence that says so.
 * @throws Failure OUTPUT_FILE, `quota` where the disk is full
 */
export function writeOutputs(outputs: Outputs, place: Keeping): string | undefined {
  const { texts, cut } = planOutputs(outputs)
  try {
    for (const [name, text] of texts) core.setOutput(name, place.redactor.redact(text))
  } catch (cause) {
    throw outputFailure(cause)
  }
  const lost = [...cut.keys()].filter((name) => !Object.hasOwn(outputs, `${name}-file`))
  if (lost.length === 0) return undefined
  const whole = Object.fromEntries(lost.map((name) => [name, outputs[name]]))
  const list = lost.map((name) => cut.get(name)).join(', ')
  return `Too long for an output, and cut: ${list}. ${keepWhole(whole, place)}`
}

/** What was done is done: that the whole cannot be kept takes nothing of it back. */
function keepWhole(whole: Outputs, place: Keeping): string {
  try {
    return `The whole is in ${keepJson('outputs', whole, place)}`
  } catch (cause) {
    return `The whole could not be kept: ${messageOf(cause)}`
  }
}

function fit(value: OutputValue, limit: number): Fitted {
  return typeof value === 'object' ? fitJson(value, limit) : fitText(String(value), limit)
}

function lossOf(value: OutputValue, text: string): string {
  if (typeof value !== 'object') return formatCount(Buffer.byteLength(String(value)), 'byte')
  if (!Array.isArray(value)) return formatCount(jsonBytes(value), 'byte')
  const kept: unknown = JSON.parse(text)
  const items = Array.isArray(kept) ? kept.length : 0
  return `${items.toLocaleString('en-US')} of ${formatCount(value.length, 'item')}`
}

function outputFailure(cause: unknown): Failure {
  const trouble = systemTrouble(cause)
  return new Failure({
    kind: trouble?.kind ?? 'config',
    code: 'OUTPUT_FILE',
    what: 'Cannot write the outputs of the step',
    on: `${process.env['GITHUB_OUTPUT']}, the file of GITHUB_OUTPUT`,
    seen: `${trouble?.seen ?? messageOf(cause)}. The work of the step was done before, and stays done`,
    next:
      trouble?.next ??
      'Run it on a runner that gives this file to its steps; a container needs the folders of the runner mounted',
    cause,
  })
}
