import type { ImageRunConfig } from '../containers/container.ts'
import { type FileTree, toTree } from './context.ts'
import { directoryEntries, joinPath, planCopy } from './copy.ts'
import { type Instruction, parseExecForm } from './dockerfile.ts'
import { type Layer, packLayer } from './image.ts'
import { BuildRefusal } from './refusal.ts'
import { expand, parseAssignments, splitWords } from './words.ts'

/** What one stage has become so far. */
export interface Stage {
  readonly name: string | undefined
  readonly run: ImageRunConfig
  readonly layers: readonly Layer[]
  readonly history: readonly string[]
  /** All files of the stage, for `COPY --from`; base images included. */
  readonly files: FileTree
  /** ARG values in force; ENV wins over them. */
  readonly args: ReadonlyMap<string, string>
}

export interface StageInput {
  readonly context: FileTree
  readonly buildArgs: ReadonlyMap<string, string>
  readonly globalArgs: ReadonlyMap<string, string>
  readonly stages: readonly Stage[]
}

/** Applies one instruction; pure. @throws BuildRefusal that names the line */
export function applyInstruction(stage: Stage, instruction: Instruction, input: StageInput): Stage {
  const { name, text } = instruction
  const history = [...stage.history, `${name} ${text}`]
  switch (name) {
    case 'ARG':
      return { ...stage, args: applyArgs(stage, text, input) }
    case 'ENV':
      return { ...withRun(stage, { Env: applyEnv(stage, instruction) }), history }
    case 'LABEL':
      return {
        ...withRun(stage, { Labels: { ...stage.run.Labels, ...applyLabels(stage, instruction) } }),
        history,
      }
    case 'EXPOSE':
      return {
        ...withRun(stage, { ExposedPorts: { ...stage.run.ExposedPorts, ...applyPorts(stage, text) } }),
        history,
      }
    case 'USER':
      return { ...withRun(stage, { User: expand(text, variables(stage)) }), history }
    case 'CMD':
      return { ...withRun(stage, { Cmd: parseCommand(text) }), history }
    case 'ENTRYPOINT':
      return { ...withRun(stage, { Entrypoint: parseCommand(text), Cmd: [] }), history }
    case 'WORKDIR':
      return { ...applyWorkdir(stage, text), history }
    default:
      return { ...applyCopy(stage, instruction, input), history }
  }
}

function withRun(stage: Stage, change: ImageRunConfig): Stage {
  return { ...stage, run: { ...stage.run, ...change } }
}

function variables(stage: Stage): Map<string, string> {
  const env = (stage.run.Env ?? []).map((pair): [string, string] => {
    const at = pair.indexOf('=')
    return [pair.slice(0, at), pair.slice(at + 1)]
  })
  return new Map([...stage.args, ...env])
}

/** A value comes from --build-arg, else from the default, else from the ARG before the first FROM. */
export function applyArgs(
  stage: Pick<Stage, 'args' | 'run'>,
  text: string,
  input: Pick<StageInput, 'buildArgs' | 'globalArgs'>,
): Map<string, string> {
  const args = new Map(stage.args)
  for (const word of splitWords(text)) {
    const at = word.indexOf('=')
    const name = at === -1 ? word : word.slice(0, at)
    const fallback = at === -1 ? input.globalArgs.get(name) : expand(word.slice(at + 1), args)
    const value = input.buildArgs.get(name) ?? fallback
    if (value !== undefined) args.set(name, value)
  }
  return args
}

function applyEnv(stage: Stage, { text, line }: Instruction): string[] {
  const env = new Map((stage.run.Env ?? []).map((pair) => [pair.slice(0, pair.indexOf('=')), pair]))
  for (const [name, value] of assignments(stage, text, 'ENV', line)) env.set(name, `${name}=${value}`)
  return [...env.values()]
}

function applyLabels(stage: Stage, { text, line }: Instruction): Record<string, string> {
  return Object.fromEntries(assignments(stage, text, 'LABEL', line))
}

function assignments(
  stage: Stage,
  text: string,
  name: string,
  line: Instruction['line'],
): [string, string][] {
  try {
    return parseAssignments(text, name, variables(stage))
  } catch (error) {
    throw error instanceof BuildRefusal ? new BuildRefusal(error.message, line) : error
  }
}

function applyPorts(stage: Stage, text: string): Record<string, object> {
  const ports = splitWords(text, variables(stage))
  return Object.fromEntries(ports.map((port) => [port.includes('/') ? port : `${port}/tcp`, {}]))
}

/** The shell form is what a shell of the image would run. */
function parseCommand(text: string): string[] {
  return parseExecForm(text) ?? ['/bin/sh', '-c', text]
}

function applyWorkdir(stage: Stage, text: string): Stage {
  const wanted = splitWords(text, variables(stage)).join(' ')
  const path = joinPath(wanted.startsWith('/') ? '' : (stage.run.WorkingDir ?? ''), wanted)
  const moved = withRun(stage, { WorkingDir: `/${path}` })
  return stage.files.has(path) || path === '' ? moved : withLayer(moved, toTree(directoryEntries(path)))
}

function applyCopy(stage: Stage, { text, line }: Instruction, input: StageInput): Stage {
  const { from, rest } = parseCopyFlags(text, line)
  const words =
    parseExecForm(rest)?.map((word) => expand(word, variables(stage))) ?? splitWords(rest, variables(stage))
  const destination = words.at(-1)
  if (words.length < 2 || destination === undefined)
    throw new BuildRefusal('COPY requires at least two arguments', line)
  const tree = from === undefined ? input.context : findStage(input.stages, from, line).files
  const workingDir = stage.run.WorkingDir ?? '/'
  return withLayer(stage, planCopy({ sources: words.slice(0, -1), destination, workingDir, line }, tree))
}

function parseCopyFlags(text: string, line: Instruction['line']): { from: string | undefined; rest: string } {
  let rest = text
  let from: string | undefined
  for (
    let match = /^--([\w-]+)(?:=(\S+))?\s+/.exec(rest);
    match;
    match = /^--([\w-]+)(?:=(\S+))?\s+/.exec(rest)
  ) {
    if (match[1] !== 'from') throw new BuildRefusal(`COPY --${match[1]} is not taken by this stand-in`, line)
    from = match[2]
    rest = rest.slice(match[0].length)
  }
  return { from, rest }
}

function findStage(stages: readonly Stage[], name: string, line: Instruction['line']): Stage {
  const stage =
    stages.find((known) => known.name === name.toLowerCase()) ??
    stages[/^\d+$/.test(name) ? Number(name) : -1]
  if (stage) return stage
  throw new BuildRefusal(`COPY --from=${name}: no such stage (images are not taken by this stand-in)`, line)
}

function withLayer(stage: Stage, files: FileTree): Stage {
  const merged = toTree([...new Map([...stage.files, ...files]).values()])
  return { ...stage, layers: [...stage.layers, packLayer(files)], files: merged }
}
