import { posix } from 'node:path'
import { stringify } from 'yaml'
import { STAGE_NAMES } from './names.ts'
import type { Random } from './random.ts'
import { STAGES, type Stage, type StageMaker } from './stages.ts'

/** A dvc.yaml and what lies beside it before it runs. */
export interface PipelinePlan {
  /** Folder of the dvc.yaml, relative to the DVC repository. */
  readonly folder: string
  /** By path relative to the folder. */
  readonly files: Readonly<Record<string, string>>
  /** Outputs in no remote, relative to the folder: `push: false`. */
  readonly unpushed: readonly string[]
}

export function planPipelines(random: Random, folder: string, count: number): PipelinePlan[] {
  return Array.from({ length: count }, (_, at) =>
    planPipeline(random, `${folder}${at === 0 ? '' : ` ${at}`}`),
  )
}

/** Several stages beside each other, each below a folder of its own. */
function planPipeline(random: Random, folder: string): PipelinePlan {
  const makers = random.some(Object.entries<StageMaker>(STAGES), random.integer(1, 4))
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
