import { escapeMarkdown, inlineCode, type JsonValue, type OutputValue } from '@mlops-actions/diagnostics'
import type { BuildRecord, BuildRun } from '@mlops-actions/ecr'
import { shortDigest } from '@mlops-actions/oci'
import type { ActionResult } from '@mlops-actions/runner'
import { formatDuration, formatSize } from '@mlops-actions/text'
import type { Inputs } from './inputs.ts'
import type { BuildPlan } from './plan.ts'
import type { Built } from './push.ts'
import type { Reuse } from './reuse.ts'
import { formatReuse, reuseReport } from './reuse-report.ts'
import type { Smoked } from './smoke.ts'
import { smokeReport, smokeSentence } from './smoke-report.ts'
import { cacheSentence, stepReport, stepTable } from './step-table.ts'
import type { Target } from './target.ts'
import type { Verified } from './verify.ts'

/** Everything that a push came to. */
export interface Pushed {
  readonly target: Omit<Target, 'auth'>
  readonly plan: BuildPlan
  readonly built: Built
  readonly reuse: Reuse
  readonly verified: Verified
  /** Milliseconds of build and push. */
  readonly took: number
  /** What the image answered before it was pushed. */
  readonly smoked?: Smoked | undefined
}

/** What `knownOutputs` wants to know of a push or a merge. */
export type Known = Pick<Pushed, 'target' | 'verified' | 'reuse'>

/** Without tags none can name another image: then it is whether an image was built. */
export function isChanged({ target, verified, reuse }: Known): boolean {
  if (verified.after.size === 0) return reuse.kind !== 'hit'
  return [...verified.after].some(([tag, { digest }]) => target.before.get(tag)?.digest !== digest)
}

/** Outputs that hold even where a gate stops the step afterwards. */
export function knownOutputs(inputs: Inputs, pushed: Known): Readonly<Record<string, OutputValue>> {
  const { target, verified } = pushed
  const [tag] = inputs.tags
  return {
    digest: verified.digest,
    tag: tag ?? '',
    tags: inputs.tags,
    repository: target.repository.name,
    registry: target.host,
    image: `${target.name}@${verified.digest}`,
    'image-tagged': tag === undefined ? '' : `${target.name}:${tag}`,
    changed: isChanged(pushed),
    'cache-hit': pushed.reuse.kind === 'hit',
  }
}

/** Outputs of a step after which everything in the registry is as it was. */
export function idleOutputs(
  { repository, tags }: Pick<Inputs, 'repository' | 'tags'>,
  registry?: string,
): Readonly<Record<string, OutputValue | undefined>> {
  return { repository, registry, tag: tags[0], tags, changed: false, 'cache-hit': false }
}

export function reportPush(inputs: Inputs, pushed: Pushed): ActionResult {
  const { target, plan, built, reuse, verified, took } = pushed
  const { source, revision } = plan.origin
  const changed = isChanged(pushed)
  return {
    outputs: knownOutputs(inputs, pushed),
    summary: formatPush(inputs, pushed, changed),
    report: {
      outcome: changed ? 'pushed' : 'unchanged',
      repository: target.repository.name,
      registry: target.host,
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
    // Without the host: it holds the account, which many mask, and the runner drops outputs with a masked value.
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

export function imagesReport({ images }: Verified): JsonValue {
  return images.map(({ platform, digest, size, layers }) => ({ platform, digest, size, layers }))
}

export function tagReport(
  { tags }: Pick<Inputs, 'tags'>,
  { target, verified, built }: Known & Pick<Pushed, 'built'>,
): JsonValue {
  return tags.map((tag) => ({
    tag,
    before: target.before.get(tag)?.digest ?? null,
    after: verified.after.get(tag)?.digest ?? null,
    kept: built.kept.includes(tag),
  }))
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

export function tagTable({ tags }: Pick<Inputs, 'tags'>, pushed: Known): string[] {
  if (tags.length === 0)
    return [
      '**No tag names it**: hand its `digest` to a step with `mode: merge`, which makes one image of all platforms.',
      '',
    ]
  return ['| tag | before | now |', '|:--|:--|:--|', ...tags.map((tag) => tagRow(tag, pushed)), '']
}

function tagRow(tag: string, { target, verified }: Known): string {
  const before = target.before.get(tag)?.digest
  const now = verified.after.get(tag)?.digest ?? ''
  return `| ${inlineCode(tag)} | ${before === undefined ? 'free' : inlineCode(shortDigest(before))} | ${before === now ? 'same' : `**${inlineCode(shortDigest(now))}**`} |`
}

export function sizeTable({ verified: { images } }: Known): string[] {
  if (images.length === 0) return []
  return [
    '| platform | size, compressed | layers |',
    '|:--|--:|--:|',
    ...images.map(
      ({ platform, size, layers }) =>
        `| ${platform === '' ? "the builder's" : inlineCode(platform)} | ${formatSize(size)} | ${layers} |`,
    ),
    '',
  ]
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
