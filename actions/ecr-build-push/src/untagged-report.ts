import { inlineCode } from '@mlops-actions/diagnostics'
import type { ActionResult } from '@mlops-actions/runner'
import { imagesReport, sizeTable } from './image-tables.ts'
import type { Inputs } from './inputs.ts'
import { imageOutputs, type Known } from './outputs.ts'
import { formatReuse, reuseReport } from './reuse-report.ts'
import { standingLines, standingReport } from './standing.ts'

/** What became of an image that a gate has kept from its tags. */
export const UNTAGGED = 'no tag was set or moved'

/** An image that is reused and was judged before it got a tag: everything is as it was. */
export function reportUntagged(inputs: Inputs, known: Known): ActionResult {
  const { target, verified, reuse } = known
  const name = target.repository.name
  const tags = inputs.tags.map((tag) => {
    const digest = target.before.get(tag)?.digest
    return { tag, before: digest, now: digest }
  })
  return {
    outputs: { ...imageOutputs(target, verified.digest), changed: false, 'cache-hit': true },
    summary: [
      `## ${inlineCode(name)} is as it was`,
      '',
      'No tag was set or moved: the image was judged before.',
      '',
      ...standingLines({ seen: true, tags }),
      ...sizeTable(known),
      formatReuse(reuse),
      '',
    ].join('\n'),
    report: {
      outcome: 'unchanged',
      repository: name,
      digest: verified.digest,
      tags: standingReport({ seen: true, tags }),
      images: imagesReport(verified),
      reuse: reuseReport(reuse),
    },
  }
}
