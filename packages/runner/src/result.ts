import { Failure, type JsonValue, messageOf, type Redactor } from '@mlops-actions/diagnostics'
import type { ArtifactSubject } from './artifacts.ts'
import { keepJson } from './kept-file.ts'
import type { Outputs } from './outputs.ts'
import type { ActionWorld } from './world.ts'

export interface ActionResult {
  readonly outputs: Outputs
  /** Markdown, verdict first. */
  readonly summary: string
  /** Everything worth keeping: capped into the output `report`, whole in the file `report-file`. */
  readonly report?: JsonValue
  /** This step's fragment of the lineage record: from what it made what, by digest. */
  readonly lineage?: JsonValue
  /** What of it can be attested. A step that fails declares nothing: it may have failed for what it has made. */
  readonly subjects?: readonly ArtifactSubject[]
}

/** Turns what an action leaves behind into outputs: its own, the report, and its fragment of lineage. */
export interface ResultWriter {
  outputsOf(result: ActionResult): Promise<Outputs>
  withReport(failure: Failure): Promise<Failure>
}

export function createResultWriter(action: string, world: ActionWorld, redactor: Redactor): ResultWriter {
  const keepReport = (report: JsonValue): string | undefined => {
    try {
      return keepJson('report', report, { action, temp: world.context.temp, redactor })
    } catch (cause) {
      // What was done is done: a report that cannot be kept takes nothing of it back.
      world.log.warn(`The report file could not be written: ${messageOf(cause)}`)
      return undefined
    }
  }
  const reportOutputs = (report: JsonValue | undefined): Outputs =>
    report === undefined ? {} : { report, 'report-file': keepReport(report) }
  return {
    outputsOf: async ({ outputs, report, lineage }) => ({
      ...outputs,
      ...reportOutputs(report),
      lineage: stamp(action, lineage, world),
    }),
    async withReport(failure) {
      if (failure.details.report === undefined) return failure
      const outputs = { ...failure.details.outputs, ...reportOutputs(failure.details.report) }
      return new Failure({ ...failure.details, cause: failure.cause, outputs })
    },
  }
}

/** Who did it is the same for every fragment of lineage, so the runner says it. */
function stamp(
  action: string,
  lineage: JsonValue | undefined,
  { context, now }: ActionWorld,
): JsonValue | undefined {
  if (lineage === undefined) return undefined
  const { repository, sha, runUrl, actor } = context
  const at = new Date(now()).toISOString()
  return { action, repository, sha, 'run-url': runUrl, actor, at, ...Object(lineage) }
}
