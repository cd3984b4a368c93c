import { loadBase, type RegistryAccess } from './base.ts'
import type { BuildContext } from './context.ts'
import { type Instruction, parseDockerfile } from './dockerfile.ts'
import { assembleImage, type BuiltImage } from './image.ts'
import { type BuildOptions, familiarName } from './options.ts'
import type { Progress } from './progress.ts'
import { BuildRefusal } from './refusal.ts'
import { applyArgs, applyInstruction, type Stage } from './stage.ts'
import { splitWords } from './words.ts'

/** Builds the last stage, or the one named by --target. @throws BuildRefusal */
export async function buildImage(
  context: BuildContext,
  options: BuildOptions,
  access: RegistryAccess,
  progress: Progress,
): Promise<BuiltImage> {
  const instructions = parseDockerfile(context.dockerfile.source)
  const { globalArgs, groups } = splitStages(instructions, options)
  const stages: Stage[] = []
  for (const group of groups) {
    const stage = await buildStage(group, stages, { context, options, globalArgs, access, progress })
    stages.push(stage)
    if (options.target !== undefined && matchesTarget(stage, stages.length - 1, options.target)) break
  }
  const last = stages.at(-1)
  const hit = options.target === undefined || (last && matchesTarget(last, stages.length - 1, options.target))
  if (!last || !hit) throw new BuildRefusal(`target stage "${options.target}" could not be found`)
  const labels = { ...last.run.Labels, ...Object.fromEntries(options.labels) }
  const run = Object.keys(labels).length > 0 ? { ...last.run, Labels: labels } : last.run
  return assembleImage(options.platform, run, last.layers, last.history)
}

function matchesTarget(stage: Stage, index: number, target: string): boolean {
  return stage.name === target.toLowerCase() || target === String(index)
}

interface StageGroup {
  readonly from: Instruction
  readonly rest: readonly Instruction[]
}

/** Only ARG may stand before the first FROM. */
function splitStages(
  instructions: readonly Instruction[],
  options: BuildOptions,
): { globalArgs: Map<string, string>; groups: StageGroup[] } {
  const start = instructions.findIndex(({ name }) => name === 'FROM')
  const early = instructions.slice(0, start === -1 ? instructions.length : start)
  const stray = early.find(({ name }) => name !== 'ARG')
  if (stray || start === -1)
    throw new BuildRefusal('dockerfile parse error: no build stage in current context', stray?.line)
  let globalArgs = platformArgs(options.platform)
  for (const { text } of early) {
    globalArgs = applyArgs({ args: globalArgs, run: {} }, text, {
      buildArgs: options.buildArgs,
      globalArgs: new Map(),
    })
  }
  const groups: { from: Instruction; rest: Instruction[] }[] = []
  for (const instruction of instructions.slice(start)) {
    if (instruction.name === 'FROM') groups.push({ from: instruction, rest: [] })
    else groups.at(-1)?.rest.push(instruction)
  }
  return { globalArgs, groups }
}

function platformArgs(platform: string): Map<string, string> {
  const [os = '', architecture = ''] = platform.split('/')
  return new Map([
    ['TARGETPLATFORM', platform],
    ['TARGETOS', os],
    ['TARGETARCH', architecture],
  ])
}

interface StageWorld {
  readonly context: BuildContext
  readonly options: BuildOptions
  readonly globalArgs: ReadonlyMap<string, string>
  readonly access: RegistryAccess
  readonly progress: Progress
}

async function buildStage(group: StageGroup, stages: readonly Stage[], world: StageWorld): Promise<Stage> {
  const { context, options, globalArgs, access, progress } = world
  const { reference, name } = parseFrom(group.from, globalArgs)
  // BuildKit drops the stage then, and builds on the context.
  if (name !== undefined && options.imageContexts.has(name))
    throw new BuildRefusal(`this stand-in takes no build context in the place of the stage ${name}`)
  const label = name ?? 'stage'
  let stage = await progress.step(`[${label} 1/${group.rest.length + 1}] FROM ${reference}`, async () => ({
    ...(await startStage(reference, stages, access, options)),
    name,
  }))
  const input = { context: context.files, buildArgs: options.buildArgs, globalArgs, stages }
  for (const [index, instruction] of group.rest.entries()) {
    const title = `[${label} ${index + 2}/${group.rest.length + 1}] ${instruction.name} ${instruction.text}`
    const work = async (): Promise<Stage> => applyInstruction(stage, instruction, input)
    const visible = instruction.name === 'COPY' || instruction.name === 'WORKDIR'
    stage = visible ? await progress.step(title, work) : await work()
  }
  return stage
}

function parseFrom(
  { text, line }: Instruction,
  globalArgs: ReadonlyMap<string, string>,
): { reference: string; name: string | undefined } {
  const words = splitWords(text, globalArgs).filter((word) => !word.startsWith('--platform='))
  const [reference, as, name] = words
  if (reference === undefined || reference === '')
    throw new BuildRefusal(`base name (${text}) should not be blank`, line)
  if (words.length !== 1 && !(words.length === 3 && as?.toUpperCase() === 'AS')) {
    throw new BuildRefusal('FROM requires either one or three arguments', line)
  }
  return { reference, name: name?.toLowerCase() }
}

async function startStage(
  reference: string,
  stages: readonly Stage[],
  access: RegistryAccess,
  { platform, imageContexts }: BuildOptions,
): Promise<Omit<Stage, 'name'>> {
  if (reference === 'scratch') return { run: {}, layers: [], history: [], files: new Map(), args: new Map() }
  const earlier = stages.find((stage) => stage.name === reference.toLowerCase())
  if (earlier) return { ...earlier, args: new Map() }
  const image = imageContexts.get(familiarName(reference)) ?? reference
  return loadBase(image, access, platform.split('/')[1] ?? '')
}
