import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { World } from '@mlops-actions/diagnostics'

/** Whether a bucket stands in the path or in the host; `auto` is the path for everything but AWS. */
export type Addressing = 'auto' | 'path' | 'virtual'

/**
 * What the AWS configuration says in `addressing_style` of the section `s3` of its profile, as botocore reads it and the
 * SDK for JavaScript does not: DVC's users set it for servers that know only one of the two.
 */
export async function readAddressing({ env }: Pick<World, 'env'>): Promise<Addressing> {
  const file = env['AWS_CONFIG_FILE'] || (env['HOME'] && join(env['HOME'], '.aws', 'config'))
  const text = file ? await readFile(file, 'utf8').catch(() => '') : ''
  return parseAddressing(text, env['AWS_PROFILE'] || 'default')
}

/** Pure: an indented `addressing_style` below `s3 =` in `[default]` or `[profile NAME]`. */
export function parseAddressing(text: string, profile: string): Addressing {
  const names = profile === 'default' ? ['default', 'profile default'] : [`profile ${profile}`]
  let [inProfile, inS3] = [false, false]
  for (const line of text.split(/\r?\n/)) {
    const section = /^\[\s*(.*?)\s*\]/.exec(line)?.[1]
    if (section !== undefined) inProfile = names.includes(section.replace(/\s+/g, ' ').replaceAll('"', ''))
    else if (/^\S/.test(line)) inS3 = /^s3\s*=\s*$/.test(line)
    const style = /^\s+addressing_style\s*=\s*(auto|path|virtual)\s*$/.exec(line)?.[1]
    if (inProfile && inS3 && (style === 'auto' || style === 'path' || style === 'virtual')) return style
  }
  return 'auto'
}
