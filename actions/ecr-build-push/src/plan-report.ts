import { escapeMarkdown, inlineCode } from '@mlops-actions/diagnostics'
import { type BuildRequest, buildxArguments } from '@mlops-actions/ecr'
import type { ActionResult } from '@mlops-actions/runner'
import { formatCount } from '@mlops-actions/text'
import type { Inputs } from './inputs.ts'
import { idleOutputs } from './outputs.ts'
import type { BuildPlan } from './plan.ts'
import { pushOf } from './push.ts'
import type { Reuse } from './reuse.ts'
import { formatPlannedReuse, reuseReport } from './reuse-report.ts'
import { afterSmoke, forEngine, isAllAsked } from './smoke.ts'
import type { Target } from './target.ts'

/**
 * What a dry run would do: the very calls of docker, whose arguments hold no secret.
 * @param order of the tags, of which buildx gets the first
 */
export function reportPlan(
  inputs: Inputs,
  plan: BuildPlan,
  target: Omit<Target, 'auth'> | undefined,
  reuse: Reuse,
  order: readonly string[] = inputs.tags,
): ActionResult {
  const name = target?.name ?? inputs.repository
  const commands = commandsOf(inputs, plan, exportOf(inputs, name, order))
  const before = inputs.tags.map((tag) => ({ tag, before: target?.before.get(tag)?.digest ?? null }))
  const create = target?.created === true
  return {
    outputs: idleOutputs(inputs, target?.host),
    summary: [
      `## 🔍 ${inlineCode(inputs.repository)}: nothing was built or pushed (dry run)`,
      '',
      `${create ? 'The repository would be created. ' : ''}${pushSentence(inputs, reuse)}`,
      ...(inputs.push ? planTable(before) : []),
      ...(inputs.push && reuse.kind !== 'hit' ? orderLines(order) : []),
      '',
      formatPlannedReuse(reuse),
      '',
      ...commandLines(inputs, commands),
      '',
    ].join('\n'),
    report: {
      outcome: 'planned',
      repository: inputs.repository,
      'would-create': create,
      reuse: reuseReport(reuse),
      tags: before,
      commands,
    },
  }
}

function pushSentence({ push, tags }: Inputs, { kind }: Reuse): string {
  const isThere = kind === 'hit'
  if (!push || (isThere && tags.length === 0)) return 'Nothing would be pushed.'
  if (tags.length === 0) return 'The image would be pushed by its digest, without a tag.'
  return `${formatCount(tags.length, 'tag')} would be ${isThere ? 'set' : 'pushed'}:`
}

function orderLines([first = '', ...others]: readonly string[]): readonly string[] {
  if (others.length === 0) return []
  return ['', `docker would push ${inlineCode(first)}; ECR would put the other tags on that image.`]
}

function commandLines({ smoke }: Inputs, commands: readonly (readonly string[])[]): readonly string[] {
  const [first = [], ...more] = commands.map((command) => command.map((word) => `- ${inlineCode(word)}`))
  if (smoke === undefined) return first
  const asked = `Then the image would be started and asked for ${escapeMarkdown(smoke.path)}`
  return [...first, '', more.length === 0 ? `${asked}.` : `${asked}, and:`, '', ...more.flat()]
}

/** One call; two with a smoke check, the first of them into the engine. */
function commandsOf(inputs: Inputs, plan: BuildPlan, to: Export): readonly (readonly string[])[] {
  if (inputs.smoke === undefined) return [commandOf(plan, to)]
  const engine = { images: ['mlops-actions-smoke:…'], exportTo: { kind: 'engine' } } as const
  const load = commandOf(forEngine(plan), engine)
  return isAllAsked(inputs) ? [load] : [load, commandOf(afterSmoke(plan), to)]
}

type Export = Pick<BuildRequest, 'images' | 'names' | 'exportTo'>

function exportOf({ tags, push, pushByDigest }: Inputs, name: string, order: readonly string[]): Export {
  if (pushByDigest) return { images: [], exportTo: { kind: 'repository', name } }
  if (!push) return { images: tags.map((tag) => `${name}:${tag}`) }
  return pushOf(name, order[0], tags)
}

function commandOf({ request }: BuildPlan, to: Export): readonly string[] {
  return ['docker', 'buildx', ...buildxArguments({ ...request, ...to, metadataFile: 'metadata.json' })]
}

export function planTable(
  tags: readonly { readonly tag: string; readonly before: string | null }[],
): string[] {
  if (tags.length === 0) return []
  const rows = tags.map(
    ({ tag, before }) => `| ${inlineCode(tag)} | ${before === null ? 'free' : inlineCode(before)} |`,
  )
  return ['', '| tag | now |', '|:--|:--|', ...rows]
}
