import {
  escapeMarkdown,
  type Failure,
  failureMarkdown,
  inlineCode,
  withDetails,
} from '@mlops-actions/diagnostics'
import { nameOf, type PreparedCopy } from '@mlops-actions/ecr'
import { shortDigest } from '@mlops-actions/oci'

/** A failure on the way, with what stands now: which tags were set before it, and which are as they were. */
export function promotionFailure(
  failure: Failure,
  prepared: PreparedCopy,
  tagged: readonly string[],
): Failure {
  const { root, before, wish } = prepared
  const { target, tags } = wish
  return withDetails(failure, {
    summary: formatFailure(failure, prepared, tagged),
    report: {
      outcome: 'failed',
      code: failure.code,
      repository: target.repository.name,
      digest: root.digest,
      tags: tags.map((tag) => ({ tag, before: before.get(tag) ?? null, set: tagged.includes(tag) })),
    },
    outputs: { repository: target.repository.name, registry: target.host },
  })
}

function formatFailure(
  failure: Failure,
  { wish, before, root }: PreparedCopy,
  tagged: readonly string[],
): string {
  const { what, kind, code } = failure.details
  return [
    `## ❌ ${escapeMarkdown(what)}: ${inlineCode(wish.target.repository.name)} ${tagged.length === 0 ? 'is as it was' : 'has only some of the tags'}`,
    '',
    ...failureMarkdown(failure.details),
    `Promoted was ${inlineCode(`${nameOf(wish.source)}@${root.digest}`)}; layers that have arrived are not sent again.`,
    '',
    '| tag | names now |',
    '|:--|:--|',
    ...wish.tags.map((tag) => `| ${inlineCode(tag)} | ${standing(before.get(tag), tagged.includes(tag))} |`),
    '',
    `kind ${inlineCode(kind)} · code ${inlineCode(code)} · ${failure.retryable ? 'running it again may help' : 'running it again changes nothing'}`,
    '',
  ].join('\n')
}

function standing(before: string | undefined, isSet: boolean): string {
  if (isSet) return '**the promoted image**'
  return before === undefined ? 'nothing, as before' : `${inlineCode(shortDigest(before))}, as before`
}
