import { posix } from 'node:path'
import { invalidFile } from '../invalid.ts'
import type { Output } from './output.ts'

/**
 * The outputs that the targets name: a `.dvc` file, an output, a stage (`train`, `dvc.yaml:train`), a dvc.yaml, or a
 * folder, which stands for everything tracked below it. No target means all.
 * @throws Failure `config` for the first target that names nothing
 */
export function selectOutputs(outputs: readonly Output[], targets: readonly string[]): readonly Output[] {
  if (targets.length === 0) return outputs
  const chosen = new Set<Output>()
  for (const target of targets) {
    const found = outputs.filter((output) => isMeant(output, normalize(target)))
    if (found.length === 0) throw unknownTarget(outputs, target)
    for (const output of found) chosen.add(output)
  }
  return outputs.filter((output) => chosen.has(output))
}

function isMeant({ path, source }: Output, target: string): boolean {
  if (target === '.' || target === path || path.startsWith(`${target}/`)) return true
  const [file, stage = ''] = splitSource(source)
  const stages = [stage, stage.split('@')[0]]
  return (
    target === file || stages.some((name) => name !== '' && (target === name || target === `${file}:${name}`))
  )
}

function splitSource(source: string): [file: string, stage?: string] {
  const at = source.indexOf('dvc.yaml:')
  if (at === -1) return [source]
  const end = at + 'dvc.yaml'.length
  return [source.slice(0, end), source.slice(end + 1)]
}

function normalize(target: string): string {
  return posix.normalize(target).replace(/\/$/, '')
}

function unknownTarget(outputs: readonly Output[], target: string) {
  const around = outputs.find(({ path }) => normalize(target).startsWith(`${path}/`))
  const known = outputs.slice(0, 8).map(({ path }) => path)
  return invalidFile(
    `targets: ${target}`,
    around === undefined
      ? `nothing is tracked under this name; tracked ${known.length === 0 ? 'is nothing' : `are ${known.join(', ')}${outputs.length > 8 ? ` and ${outputs.length - 8} more` : ''}`}`
      : `it lies inside of the output ${around.path}; a part of an output cannot be pushed alone`,
    around === undefined ? 'Name an output, a .dvc file, a stage or a folder' : `Name ${around.path} instead`,
    'DVC_TARGET',
  )
}
