import { isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'

/** One step of a job or of a composite action; `path` leads to it, for {@link WorkflowFile.lineOf}. */
export type Step = {
  readonly path: readonly (string | number)[]
  readonly id: string | undefined
  readonly uses: string | undefined
  readonly run: string | undefined
  readonly with: Readonly<Record<string, unknown>>
  /** Its own variables and those of its job and of the file. */
  readonly env: Readonly<Record<string, unknown>>
  /** Every text inside the step, keys aside: where expressions can stand. */
  readonly texts: readonly string[]
}

export type Job = {
  readonly name: string
  readonly path: readonly (string | number)[]
  /** Set when the job calls a reusable workflow. */
  readonly uses: string | undefined
  readonly secrets: unknown
  /** As written: a number, an expression, null; undefined when the job says nothing. */
  readonly timeout: unknown
  readonly permissions: unknown
  /** Images of `container:` and of each of `services:`. */
  readonly images: readonly { readonly image: string; readonly path: readonly (string | number)[] }[]
  readonly with: Readonly<Record<string, unknown>>
  readonly outputs: readonly string[]
  readonly steps: readonly Step[]
  readonly texts: readonly string[]
}

type Shell = { readonly shell: string; readonly path: readonly (string | number)[] }

/** A workflow or an action.yml as plain data, with the lines that its parts stand on. */
export type WorkflowFile = {
  readonly path: string
  readonly kind: 'workflow' | 'action'
  readonly text: string
  readonly triggers: readonly string[]
  /** As written at the top; undefined when the file says nothing. */
  readonly permissions: unknown
  /** Every `shell:` of a step or of `defaults:`. */
  readonly shells: readonly Shell[]
  /** Inputs that the file declares: of the action, or of `workflow_call`; required ones without a default marked. */
  readonly inputs: ReadonlyMap<string, { readonly mustBeGiven: boolean }>
  readonly outputs: ReadonlySet<string>
  readonly runs: Readonly<Record<string, unknown>>
  readonly jobs: readonly Job[]
  /** 1-based line of a place such as `['jobs', 'test', 'steps', 0, 'uses']`; of the nearest parent that exists. */
  readonly lineOf: (path: readonly (string | number)[]) => number
}

/** Parses a workflow or an action.yml. Throws an Error with the first YAML problem. */
export function parseWorkflowFile(path: string, text: string): WorkflowFile {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const [problem] = document.errors
  if (problem !== undefined) throw new Error(`${path}: ${problem.message}`)
  const root = record(document.toJS())
  const kind = /(^|\/)action\.ya?ml$/.test(path) ? 'action' : 'workflow'
  const call = record(record(root['on'])['workflow_call'])
  const runs = record(root['runs'])
  const declares = kind === 'action' ? root : call
  return {
    path,
    kind,
    text,
    triggers: triggersOf(root['on']),
    permissions: root['permissions'],
    shells: shellsIn(root),
    inputs: new Map(
      Object.entries(record(declares['inputs'])).map(([name, input]) => [
        name,
        { mustBeGiven: mustBeGiven(input) },
      ]),
    ),
    outputs: new Set(Object.keys(record(declares['outputs']))),
    runs,
    jobs:
      kind === 'action'
        ? [compositeJob(runs)]
        : Object.entries(record(root['jobs'])).map(([name, job]) =>
            jobOf(name, record(job), record(root['env'])),
          ),
    lineOf: (place) => lines.linePos(offsetOf(document.contents, place)).line,
  }
}

function jobOf(name: string, job: Record<string, unknown>, env: Record<string, unknown>): Job {
  const path = ['jobs', name]
  return {
    name,
    path,
    uses: string(job['uses']),
    secrets: job['secrets'],
    timeout: job['timeout-minutes'],
    permissions: job['permissions'],
    images: imagesOf(job, path),
    with: record(job['with']),
    outputs: Object.keys(record(job['outputs'])),
    steps: stepsOf(job['steps'], [...path, 'steps'], { ...env, ...record(job['env']) }),
    texts: textsIn(job),
  }
}

/** A composite action is checked as one job. */
function compositeJob(runs: Record<string, unknown>): Job {
  const steps = stepsOf(runs['steps'], ['runs', 'steps'], {})
  return {
    name: 'runs',
    path: ['runs'],
    uses: undefined,
    secrets: undefined,
    timeout: undefined,
    permissions: undefined,
    images: [],
    with: {},
    outputs: [],
    steps,
    texts: textsIn(runs),
  }
}

function stepsOf(value: unknown, path: readonly (string | number)[], env: Record<string, unknown>): Step[] {
  if (!Array.isArray(value)) return []
  return value.map(record).map((step, index) => ({
    path: [...path, index],
    id: string(step['id']),
    uses: string(step['uses']),
    run: string(step['run']),
    with: record(step['with']),
    env: { ...env, ...record(step['env']) },
    texts: textsIn(step),
  }))
}

function imagesOf(job: Record<string, unknown>, path: readonly (string | number)[]): Job['images'] {
  const imageIn = (value: unknown): string => string(value) ?? string(record(value)['image']) ?? ''
  const services = Object.entries(record(job['services'])).map(([name, service]) => ({
    image: imageIn(service),
    path: [...path, 'services', name],
  }))
  const container = { image: imageIn(job['container']), path: [...path, 'container'] }
  return job['container'] === undefined ? services : [container, ...services]
}

/** Wherever it stands: in a step, or in the `defaults:` of a job or of the workflow. */
function shellsIn(value: unknown, path: readonly (string | number)[] = []): Shell[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, child]) => {
    const place = [...path, Array.isArray(value) ? Number(name) : name]
    return name === 'shell' && typeof child === 'string'
      ? [{ shell: child, path: place }]
      : shellsIn(child, place)
  })
}

function triggersOf(on: unknown): string[] {
  if (typeof on === 'string') return [on]
  return Array.isArray(on) ? on.map(String) : Object.keys(record(on))
}

function mustBeGiven(input: unknown): boolean {
  const { required, default: given } = record(input)
  return required === true && given === undefined
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsIn)
}

/** Where the key (or the list item) of a place starts in the text. */
function offsetOf(node: unknown, path: readonly (string | number)[], start = 0): number {
  const [head, ...rest] = path
  if (head === undefined) return start
  if (isMap(node)) {
    const pair = node.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === head)
    if (pair === undefined) return start
    return offsetOf(pair.value, rest, (pair.key as Node).range?.[0] ?? start)
  }
  if (isSeq(node) && typeof head === 'number') {
    const item = node.items[head] as Node | undefined
    return item === undefined ? start : offsetOf(item, rest, item.range?.[0] ?? start)
  }
  return start
}

function string(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}
