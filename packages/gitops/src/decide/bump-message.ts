import { quietText } from '../trailers/quiet-text.ts'
import { type ReferenceCommit, referenceTrailers } from '../trailers/reference.ts'
import { formatMessage, TRAILER, type TrailerLine } from '../trailers/trailers.ts'
import type { RunIdentity } from './bump-rules.ts'
import type { FileValue } from './change-set.ts'
import { targetLabel } from './deployment-log.ts'
import { formatRecord, recordOf } from './recorded-value.ts'

/** Who asks for a change, and what the commit shall say besides the change itself. */
export interface BumpOrder {
  readonly changeId: string
  readonly run: RunIdentity & {
    readonly url: string
    /** Commit of the product repository that is deployed. */
    readonly sha: string
    /** `Name <email>` of who started the run. */
    readonly actor: string
  }
  /** What is known of that commit. */
  readonly reference?: Pick<ReferenceCommit, 'message' | 'date'> & { readonly author?: string | undefined }
  /** Replaces the first paragraphs of the message. */
  readonly message?: string | undefined
  /** Further trailers: model version, data md5, approver. */
  readonly trailers: ReadonlyMap<string, string>
  /** The commit that a rollback takes back. */
  readonly rollbackOf?: string | undefined
}

/**
 * The message of a bump or rollback: what changed, for people, and everything that machines look for later.
 */
export function formatBumpMessage(order: BumpOrder, values: readonly FileValue[]): string {
  const { run, reference } = order
  return formatMessage(order.message ?? describeChange(order, values), [
    ...referenceTrailers({ ...run, ...reference, author: reference?.author ?? run.actor }),
    ...order.trailers,
    ...targetTrailers(values),
    [TRAILER.rollbackOf, order.rollbackOf],
    [TRAILER.runId, run.runId],
    [TRAILER.runUrl, run.url],
    [TRAILER.changeId, order.changeId],
  ])
}

/** Each target with the values of its own behind it. */
function targetTrailers(values: readonly FileValue[]): TrailerLine[] {
  return [...Map.groupBy(values, targetLabel)].flatMap(([target, own]): TrailerLine[] => [
    [TRAILER.target, target],
    ...own.flatMap((value) => formatRecord(recordOf(value))),
  ])
}

function describeChange({ rollbackOf }: BumpOrder, values: readonly FileValue[]): string {
  const name = values[0]?.place.name ?? ''
  const changed = values.filter(({ isChanged }) => isChanged)
  const fields = changed.map(({ place }) => place.field).join(' and ')
  const verb = rollbackOf === undefined ? 'Deploy' : 'Roll back'
  const lines = changed.map(
    ({ path, before, after }) => `${path}\n- ${quietText(before)}\n+ ${quietText(after)}`,
  )
  return `${verb} ${name}: ${fields}\n\n${lines.join('\n\n')}`
}
