import { posix } from 'node:path'
import { stringify } from 'yaml'
import { STAGE_NAMES } from './names.ts'
import type { Random } from './random.ts'
import { SINCE_DVC_3, STAGES, type Stage } from './stages.ts'
import type { DvcVersion } from './versions.ts'

/** A dvc.yaml and what lies beside it before it runs. */
export interface PipelinePlan {
  /** Folder of the dvc.yaml, relative to the DVC repository. */
  readonly folder: string
  /** By path relative to the folder. */
  readonly files: Readonly<Record<string, string>>
  /** Outputs in no remote, relative to the folder: `push: false`. */
  readonly unpushed: readonly string[]
}

export function planPipelines(
  random: Random,
  folder: string,
  count: number,
  version: DvcVersion,
): PipelinePlan[] {
  return Array.from({ length: count }, (_, at) =>
    planPipeline(random, `${folder}${at === 0 ? '' : ` ${at}`}`, version),
  )
}

/** Several stages beside each other, each below a folder of its own. */
function planPipeline(random: Random, folder: string, version: DvcVersion): PipelinePlan {
  const known = Object.entries(STAGES).filter(([name]) => version !== 'legacy' || !SINCE_DVC_3.has(name))
  const makers = random.some(known, random.integer(1, 4))
  const stages = makers.map(([name, make]): [string, Stage] => {
    const below = random.pick([name, `${name} x`])
    return [
      name,
      make({ random, below, input: posix.join(below, 'in'), name: () => random.pick(STAGE_NAMES) }),
    ]
  })
  const definitions = Object.fromEntries(stages.map(([name, { definition }]) => [name, definition]))
  const vars = stages.flatMap(([, { vars }]) => vars)
  const params = Object.assign({}, ...stages.map(([, { params }]) => params))
  const files = Object.assign({}, ...stages.map(([, { files }]) => files))
  return {
    folder: folder.startsWith('pipe') && random.chance(0.5) ? posix.join(folder, 'sub') : folder,
    files: {
      ...files,
      'params.yaml': stringify({ rate: random.integer(1, 9), ...params }),
      'dvc.yaml': stringify({ ...(vars.length > 0 ? { vars } : {}), stages: definitions }),
    },
    unpushed: stages.flatMap(([, { unpushed }]) => unpushed),
  }
}
