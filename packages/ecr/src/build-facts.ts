import type { BuildRecord, BuildStep } from './build-record.ts'

/** What a failed build lets be known. */
export interface BuildFacts {
  /** What buildx says at last, on one line: `failed to solve: …`. */
  readonly said: string
  /** The step that failed, where one of the Dockerfile's did. */
  readonly step: BuildStep | undefined
  /** `Dockerfile:12` */
  readonly place: string | undefined
  readonly exitCode: number | undefined
}

/** Reads the facts out of what a build left behind. Pure. */
export function readFacts(record: BuildRecord, exitCode: number | undefined): BuildFacts {
  return { said: lastError(record), step: failedStep(record), place: placeOf(record.text), exitCode }
}

/** The step of the Dockerfile: of several that failed, the others were only cancelled with it. */
export function failedStep({ steps }: Pick<BuildRecord, 'steps'>): BuildStep | undefined {
  const failed = steps.filter(({ error }) => error !== undefined)
  return failed.find(({ error }) => !/context canceled/.test(error ?? '')) ?? failed[0]
}

function lastError({ text, steps }: BuildRecord): string {
  const at = text.findLastIndex((line) => /^ERROR: /.test(line))
  const lines = at === -1 ? text.slice(-3) : text.slice(at)
  const said = lines
    .map((line) => line.replace(/^ERROR: (?:failed to build: )?/, '').trim())
    .filter((line) => line !== '')
    .join(' ')
  return said === '' ? (failedStep({ steps })?.error ?? '') : said
}

/** buildx frames the lines of the Dockerfile below a line `Dockerfile:12`. */
function placeOf(text: readonly string[]): string | undefined {
  const at = text.findIndex((line, index) => /^\S.*:\d+$/.test(line) && /^-{5,}$/.test(text[index + 1] ?? ''))
  return text[at]
}

/** BuildKit runs the scanner of an SBOM as a step of the build. */
export function isScan({ step }: BuildFacts): boolean {
  return step?.name.includes('generating sbom using') === true
}
