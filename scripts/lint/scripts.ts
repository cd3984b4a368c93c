import { type Problem, stepsOf } from './rule.ts'
import type { Step, WorkflowFile } from './workflow-file.wire.ts'

/** Where a command begins, with what may stand before its name. */
const START = String.raw`(?:^|[;&|({!]|\b(?:then|do|else)\b)[^\S\n]*(?:\w+=\S*\s+|(?:command|builtin|exec|sudo|env)\s+)*`
const SHELL = String.raw`(?:\S*/)?(?:ba|da|k|z)?sh`
/** Programs that read their program from an argument; the argument is what the last group holds. */
const EVALUATES = [
  String.raw`${START}eval\s+([^\n;&|]*)`,
  String.raw`${START}${SHELL}\s+(?:-\w+\s+)*-\w*c\s+([^\n;&|]*)`,
  String.raw`${START}(?:\S*/)?(?:python[\d.]*\s+-c|node\s+(?:-e|--eval)|perl\s+-e|ruby\s+-e)\s+([^\n;&|]*)`,
].map((pattern) => new RegExp(pattern, 'gm'))
/** Programs that read their program from somewhere else. */
const READS = new RegExp(
  String.raw`\|[^\S\n]*(?:sudo\s+)?${SHELL}(?=[\s;&|)]|$)|${START}(?:source|\.)\s+<\(`,
  'm',
)

/**
 * Text that becomes a program runs whatever is in it. The one exception is a command that the caller of a reusable
 * workflow wrote into a file of his own: an input, alone in a variable.
 */
export function noTextAsProgram(file: WorkflowFile): Problem[] {
  return stepsOf(file)
    .filter(
      (step) => READS.test(codeOf(step)) || !evaluatedBy(step).every((text) => isHarmless(text, step, file)),
    )
    .map(({ path }) => ({
      line: file.lineOf([...path, 'run']),
      what: 'runs text as a program; only a command that the caller of a reusable workflow wrote may be, as `eval "$X"` with `X: ${{ inputs.x }}` in `env:`',
    }))
}

function evaluatedBy(step: Step): readonly string[] {
  return EVALUATES.flatMap((pattern) => [...codeOf(step).matchAll(pattern)].map((match) => match[1] ?? ''))
}

/** A text without variables, one in single quotes, or an input alone. */
function isHarmless(text: string, { env }: Step, { triggers }: WorkflowFile): boolean {
  if (!/[$`]/.test(text) || /^'[^']*'(?:\s|$)/.test(text)) return true
  const name = /^"\$(?:(\w+)|\{(\w+)\})"\s*$/.exec(text)?.slice(1).find(Boolean) ?? ''
  const isForCallers = triggers.every((trigger) => trigger === 'workflow_call')
  return isForCallers && /^\$\{\{\s*inputs(?:\.[\w-]+|\['[\w-]+'\])\s*\}\}$/.test(String(env[name]))
}

/** `GITHUB_ENV` and `GITHUB_PATH` act on every later step of the job, on one that holds a token too. */
export function noLeftEnvironment(file: WorkflowFile): Problem[] {
  return stepsOf(file)
    .filter((step) => writesEnvironment(step))
    .map(({ path, run }) => ({
      line: file.lineOf(run === undefined ? path : [...path, 'run']),
      what: 'changes what every later step of the job runs with; hand it on as an output',
    }))
}

function writesEnvironment(step: Step): boolean {
  const script = String(step.with['script'] ?? '')
  return (
    /\bGITHUB_(?:ENV|PATH)\b|(?:::|##\[)(?:set-env|add-path)\b/.test(codeOf(step)) ||
    /\b(?:exportVariable|addPath)\b/.test(script) ||
    step.texts.some((text) =>
      /\$\{\{.*\bgithub(?:\.(?:env|path)\b|\[\s*'(?:env|path)'\s*\]).*\}\}/.test(text),
    )
  )
}

/** The script of a step without comments, each command on one line. */
export function codeOf({ run = '' }: Pick<Step, 'run'>): string {
  return run.replaceAll(/\\\n/g, ' ').replaceAll(/(^|\s)#.*$/gm, '')
}
