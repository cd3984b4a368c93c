import { inlineCode, type JsonValue } from '@mlops-actions/diagnostics'
import { shortDigest } from '@mlops-actions/oci'
import { formatSize } from '@mlops-actions/text'
import type { Inputs } from './inputs.ts'
import type { Known } from './outputs.ts'
import type { Built } from './push.ts'
import type { Verified } from './verify.ts'

export function imagesReport({ images }: Verified): JsonValue {
  return images.map(({ platform, digest, size, layers }) => ({ platform, digest, size, layers }))
}

export function tagReport(
  { tags }: Pick<Inputs, 'tags'>,
  { target, verified, built }: Known & { readonly built: Built },
): JsonValue {
  return tags.map((tag) => ({
    tag,
    before: target.before.get(tag)?.digest ?? null,
    after: verified.after.get(tag)?.digest ?? null,
    kept: built.kept.includes(tag),
  }))
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
