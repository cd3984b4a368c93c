import {
  listImport,
  type RepositoryOrigin,
  type SelectedOutput,
  type Store,
  type WantedOutput,
} from '@mlops-actions/dvc'
import type { ActionWorld } from '@mlops-actions/runner'
import { readForeign, storeName } from './foreign.ts'
import { openSource, type Source } from './import-source.ts'
import type { Inputs } from './inputs.ts'

/** An output that `dvc import` made. */
export interface ImportedOutput extends SelectedOutput {
  readonly oid: string
  readonly origin: RepositoryOrigin
}

export function isImported(output: SelectedOutput): output is ImportedOutput {
  return output.origin?.kind === 'repository' && output.oid !== undefined
}

/** What imported outputs stand for, and the stores that have it. */
export interface Imports {
  readonly outputs: readonly WantedOutput[]
  readonly stores: ReadonlyMap<string, Store>
  readonly close: () => Promise<void>
}

/** Reads every repository that data was imported from, each commit once. */
export async function readImports(
  inputs: Inputs,
  world: ActionWorld,
  outputs: readonly ImportedOutput[],
): Promise<Imports> {
  const wanted: WantedOutput[] = []
  const stores = new Map<string, Store>()
  const closing: (() => void | Promise<void>)[] = []
  const sources = new Map<string, Source>()
  const close = async () => {
    for (const one of closing) await one()
  }
  const openOnce = async (output: ImportedOutput): Promise<Source> => {
    const key = `${output.origin.url} ${output.origin.revLock}`
    const source = sources.get(key) ?? (await openSource(inputs, world, output))
    if (!sources.has(key)) closing.push(source.repository.close)
    sources.set(key, source)
    return source
  }
  try {
    for (const output of outputs) {
      const { foreign, connections } = await readForeign(inputs, world, output, await openOnce(output))
      for (const [name, store] of connections.stores) stores.set(storeName(output.origin, name), store)
      closing.push(connections.close)
      wanted.push(await listImport(output, output.origin, foreign))
    }
  } catch (error) {
    await close()
    throw error
  }
  return { outputs: wanted, stores, close }
}
