import { inlineCode, type JsonValue } from '@mlops-actions/diagnostics'
import type { MergedIndex } from '@mlops-actions/ecr/merge'
import { shortDigest } from '@mlops-actions/oci'
import type { ActionResult } from '@mlops-actions/runner'
import { formatCount, formatDuration } from '@mlops-actions/text'
import { imagesReport, sizeTable, tagReport, tagTable } from './image-tables.ts'
import type { Inputs } from './inputs.ts'
import { idleOutputs, isChanged, type Known, knownOutputs } from './outputs.ts'
import { planTable } from './plan-report.ts'
import type { Pushed } from './report.ts'
import type { Target } from './target.ts'

/** Everything that a merge came to. */
export type Merged = Known &
  Pick<Pushed, 'built' | 'took'> & {
    readonly index: MergedIndex
  }

export function reportMerge(inputs: Inputs, merged: Merged): ActionResult {
  const { target, index, verified, took } = merged
  const changed = isChanged(merged)
  const name = inlineCode(target.repository.name)
  return {
    outputs: knownOutputs(inputs, merged),
    subjects: [{ name: target.name, digest: verified.digest }],
    summary: [
      changed
        ? `## ✅ ${name} has a new image for ${platforms(index)}: ${inlineCode(shortDigest(verified.digest))}`
        : `## ✅ ${name} already had this image for ${platforms(index)}: ${inlineCode(shortDigest(verified.digest))}`,
      '',
      `Made of ${formatCount(index.images.length, 'image')} and seen in the registry in **${formatDuration(took)}**; nothing was built or copied. Nothing to do.`,
      '',
      ...tagTable(inputs, merged),
      ...sizeTable(merged),
      `**Image:** ${inlineCode(`${target.name}@${verified.digest}`)}`,
      '',
    ].join('\n'),
    report: {
      outcome: changed ? 'merged' : 'unchanged',
      repository: target.repository.name,
      digest: verified.digest,
      'media-type': index.mediaType,
      tags: tagReport(inputs, merged),
      images: imagesReport(verified),
      ...partsReport(index),
      ms: took,
    },
    lineage: {
      repository: target.repository.name,
      digest: verified.digest,
      tags: inputs.tags,
      changed,
      'merged-from': index.images.map(({ label, digest }) => ({ platform: label, digest })),
    },
  }
}

/** What a merge would do; the digest is known before anything is stored. */
export function reportMergePlan(
  inputs: Inputs,
  index: MergedIndex,
  target: Omit<Target, 'auth'>,
): ActionResult {
  const before = inputs.tags.map((tag) => ({ tag, before: target.before.get(tag)?.digest ?? null }))
  return {
    outputs: idleOutputs(inputs, target.host),
    summary: [
      `## 🔍 ${inlineCode(inputs.repository)}: nothing was merged (dry run)`,
      '',
      `An index for ${platforms(index)} would be ${inlineCode(index.digest)}.`,
      ...planTable(before),
      '',
    ].join('\n'),
    report: {
      outcome: 'planned',
      repository: inputs.repository,
      'would-be': index.digest,
      'media-type': index.mediaType,
      tags: before,
      ...partsReport(index),
    },
  }
}

function platforms({ images }: MergedIndex): string {
  return images.map(({ label }) => inlineCode(label)).join(', ')
}

function partsReport({
  images,
  attestations,
  strays,
  annotations,
}: MergedIndex): Readonly<Record<string, JsonValue>> {
  return {
    'merged-from': images.map(({ label, digest }) => ({ platform: label, digest })),
    attestations: attestations.map(({ digest }) => digest),
    'left-out': strays.map(({ digest }) => digest),
    annotations: { ...annotations },
  }
}
