import { escapeMarkdown, inlineCode } from '@mlops-actions/diagnostics'
import type { BuildRecord, BuildRun } from '@mlops-actions/ecr'
import { shortDigest } from '@mlops-actions/oci'
import type { ActionResult } from '@mlops-actions/runner'
import { formatDuration } from '@mlops-actions/text'
import { imagesReport, sizeTable, tagReport, tagTable } from './image-tables.ts'
import type { Inputs } from './inputs.ts'
import { idleOutputs, isChanged, type Known, knownOutputs } from './outputs.ts'
import type { BuildPlan } from './plan.ts'
import type { Built } from './push.ts'
import { formatReuse, reuseReport } from './reuse-report.ts'
import { type Smoked, smokeReport, smokeSentence } from './smoke-report.ts'
import { cacheSentence, stepReport, stepTable } from './step-table.ts'

/** Everything that a push came to. */
export interface Pushed extends Known {
  readonly plan: BuildPlan
  readonly built: Built
  /** Milliseconds of build and push. */
  readonly took: number
  /** What the image answered before it was pushed. */
  readonly smoked?: Smoked | undefined
}

export function reportPush(inputs: Inputs, pushed: Pushed): ActionResult {
  const { target, plan, built, reuse, verified, took } = pushed
  const { source, revision } = plan.origin
  const changed = isChanged(pushed)
  return {
    outputs: knownOutputs(inputs, pushed),
    subjects: [{ name: target.name, digest: verified.digest }],
    summary: formatPush(inputs, pushed, changed),
    report: {
      outcome: changed ? 'pushed' : 'unchanged',
      repository: target.repository.name,
      'repository-created': target.created,
      digest: verified.digest,
      tags: tagReport(inputs, pushed),
      images: imagesReport(verified),
      reuse: reuseReport(reuse),
      labels: Object.fromEntries(plan.request.labels),
      attempts: built.run?.attempts ?? 0,
      ms: took,
      steps: stepReport(recordOf(built)),
      ...(pushed.smoked === undefined ? {} : { smoke: smokeReport(pushed.smoked) }),
    },
    lineage: {
      repository: target.repository.name,
      digest: verified.digest,
      tags: inputs.tags,
      changed,
      reused: reuse.kind === 'hit',
      source: source ?? null,
      revision: revision ?? null,
    },
  }
}

function formatPush(inputs: Inputs, pushed: Pushed, changed: boolean): string {
  const { target, built, reuse, verified, took } = pushed
  const record = recordOf(built)
  const attempts = built.run?.attempts ?? 0
  const name = inlineCode(target.repository.name)
  const facts = [cacheSentence(record), attempts > 1 ? `pushed in ${attempts} attempts` : '']
  return [
    changed
      ? `## ✅ ${name} has a new image: ${inlineCode(shortDigest(verified.digest))}`
      : `## ✅ ${name} already had this image: ${inlineCode(shortDigest(verified.digest))}`,
    '',
    `${reuse.kind === 'hit' ? 'Not built: tagged' : 'Built, pushed'} and seen in the registry in **${formatDuration(took)}**${facts
      .filter((fact) => fact !== '')
      .map((fact) => `, ${fact}`)
      .join('')}. ${target.created ? 'The repository was created. ' : ''}Nothing to do.`,
    '',
    ...smokeLines(pushed.smoked),
    ...tagTable(inputs, pushed),
    ...sizeTable(pushed),
    formatReuse(reuse),
    '',
    `**Image:** ${inlineCode(`${target.name}@${verified.digest}`)}`,
    '',
    ...stepTable(record),
  ].join('\n')
}

/** Nothing was built: then no step has run. */
function recordOf({ run }: Built): Pick<BuildRecord, 'steps'> {
  return run?.record ?? { steps: [] }
}

function smokeLines(smoked: Smoked | undefined): string[] {
  return smoked === undefined ? [] : [escapeMarkdown(smokeSentence(smoked)), '']
}

/** A build without a push: nothing is in any registry, so there is no digest to hand on. */
export function reportBuild(
  inputs: Inputs,
  { record, attempts }: BuildRun,
  took: number,
  smoked?: Smoked,
): ActionResult {
  const steps = stepReport(record)
  return {
    outputs: idleOutputs(inputs),
    summary: [
      `## ✅ ${inlineCode(inputs.repository)} can be built; nothing was pushed`,
      '',
      `Built in **${formatDuration(took)}**, ${cacheSentence(record)}.`,
      '',
      ...smokeLines(smoked),
      ...stepTable(record),
    ].join('\n'),
    report: {
      outcome: 'built',
      repository: inputs.repository,
      attempts,
      ms: took,
      steps,
      ...(smoked === undefined ? {} : { smoke: smokeReport(smoked) }),
    },
  }
}
