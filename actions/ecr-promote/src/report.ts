import { inlineCode, type JsonValue, type OutputValue } from '@mlops-actions/diagnostics'
import { type Arrivals, blobsOfTree, isSameRepository, nameOf, type PreparedCopy } from '@mlops-actions/ecr'
import { shortDigest } from '@mlops-actions/oci'
import type { ActionResult } from '@mlops-actions/runner'
import { formatCount, formatDuration, formatSize } from '@mlops-actions/text'

/** What a promotion came to. */
export interface Promotion {
  readonly arrivals: Arrivals
  /** Bytes that went over the line. */
  readonly bytes: number
  /** Milliseconds. */
  readonly took: number
}

interface Share {
  readonly count: number
  readonly bytes: number
}

/** The layers of the image, by how they came to be in the target. */
interface Shares {
  readonly copied: Share
  readonly mounted: Share
  readonly there: Share
}

export function reportPromotion(prepared: PreparedCopy, promotion: Promotion): ActionResult {
  const { root, plan, tree, wish } = prepared
  const { source, target, tags } = wish
  const changed = plan.tags.length > 0
  const shares = sharesOf(prepared, promotion.arrivals)
  return {
    outputs: { ...outputsOf(prepared), changed },
    summary: formatPromotion(prepared, promotion, shares),
    // Here and in the lineage without hosts: they hold the accounts, which many mask, and GitHub drops outputs of a job with a masked value.
    report: {
      outcome: changed ? 'promoted' : 'unchanged',
      from: { repository: source.repository.name, reference: wish.reference },
      repository: target.repository.name,
      digest: root.digest,
      tags: tagReport(prepared),
      manifests: { copied: plan.manifests.length, there: tree.length - plan.manifests.length },
      layers: { copied: { ...shares.copied }, mounted: { ...shares.mounted }, there: { ...shares.there } },
      'bytes-sent': promotion.bytes,
      ms: promotion.took,
    },
    lineage: {
      from: source.repository.name,
      repository: target.repository.name,
      digest: root.digest,
      tags,
      changed,
    },
  }
}

/** What a dry run would do. */
export function reportPlan(prepared: PreparedCopy): ActionResult {
  const { root, plan, missing, wish } = prepared
  const size = missing.reduce((sum, blob) => sum + blob.size, 0)
  return {
    outputs: { ...outputsOf(prepared), changed: false },
    summary: [
      `## 🔍 ${inlineCode(wish.target.repository.name)}: nothing was promoted (dry run)`,
      '',
      `${inlineCode(`${nameOf(wish.source)}@${root.digest}`)} would be promoted: ${formatCount(missing.length, 'layer')} of ${formatSize(size)} and ${formatCount(plan.manifests.length, 'manifest')} would be copied.`,
      '',
      ...tagTable(prepared, 'would be'),
    ].join('\n'),
    report: {
      outcome: 'planned',
      repository: wish.target.repository.name,
      digest: root.digest,
      tags: tagReport(prepared),
      manifests: plan.manifests.map(({ digest }) => digest),
      layers: { count: missing.length, bytes: size },
    },
  }
}

function outputsOf({ root, wish }: PreparedCopy): Readonly<Record<string, OutputValue>> {
  const { target, tags } = wish
  const tag = tags[0] ?? ''
  return {
    digest: root.digest,
    tag,
    tags,
    repository: target.repository.name,
    registry: target.host,
    image: `${nameOf(target)}@${root.digest}`,
    'image-tagged': `${nameOf(target)}:${tag}`,
  }
}

function tagReport({ wish, before, root }: PreparedCopy): JsonValue {
  return wish.tags.map((tag) => ({ tag, before: before.get(tag) ?? null, after: root.digest }))
}

function sharesOf(prepared: PreparedCopy, arrivals: Arrivals): Shares {
  const blobs = blobsOfTree(prepared)
  const share = (how: string): Share => {
    const some = blobs.filter(({ digest }) => (arrivals.get(digest) ?? 'there') === how)
    return { count: some.length, bytes: some.reduce((sum, { size }) => sum + size, 0) }
  }
  return { copied: share('copied'), mounted: share('mounted'), there: share('there') }
}

function formatPromotion(prepared: PreparedCopy, { took }: Promotion, shares: Shares): string {
  const { root, plan, wish } = prepared
  const { source, target } = wish
  const name = inlineCode(target.repository.name)
  const image = inlineCode(shortDigest(root.digest))
  return [
    plan.tags.length > 0
      ? `## ✅ ${image} is promoted to ${name} as ${wish.tags.map(inlineCode).join(', ')}`
      : `## ✅ ${name} already had ${image} as ${wish.tags.map(inlineCode).join(', ')}`,
    '',
    `From ${inlineCode(nameOf(source))}, digest unchanged, seen in the registry under every tag after **${formatDuration(took)}**. Nothing to do.`,
    '',
    ...tagTable(prepared, 'now'),
    ...(isSameRepository(source, target)
      ? ['It is the same repository: no layer had to be copied.', '']
      : layerTable(prepared, shares)),
    `**Image:** ${inlineCode(`${nameOf(target)}@${root.digest}`)}`,
    '',
  ].join('\n')
}

function tagTable({ wish, before, root }: PreparedCopy, then: string): string[] {
  const row = (tag: string): string => {
    const was = before.get(tag)
    const is = was === root.digest ? 'same' : `**${inlineCode(shortDigest(root.digest))}**`
    return `| ${inlineCode(tag)} | ${was === undefined ? 'free' : inlineCode(shortDigest(was))} | ${is} |`
  }
  return [`| tag | before | ${then} |`, '|:--|:--|:--|', ...wish.tags.map(row), '']
}

function layerTable({ plan, tree }: PreparedCopy, { copied, mounted, there }: Shares): string[] {
  const row = (what: string, { count, bytes }: Share): string =>
    `| ${what} | ${count} | ${formatSize(bytes)} |`
  return [
    '| layers and configurations | count | size |',
    '|:--|--:|--:|',
    row('copied', copied),
    row('mounted', mounted),
    row('already there', there),
    '',
    `Of ${formatCount(tree.length, 'manifest')} ${plan.manifests.length} had to be stored.`,
    '',
  ]
}
