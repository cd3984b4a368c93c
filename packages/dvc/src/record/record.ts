import { open, readFile, rename, rm, stat } from 'node:fs/promises'
import { join, posix } from 'node:path'
import type { World } from '@mlops-actions/diagnostics'
import { parseDvcFile } from '../formats/dvc-file.wire.ts'
import { editDvcFile, type Recorded } from '../formats/dvc-file-edit.wire.ts'
import { fileFailure, invalidFile, unsupported } from '../invalid.ts'
import { hashFile } from '../objects/hash.ts'
import { readDirectory } from '../objects/local-directory.ts'
import type { HashName, Output } from '../repository/output.ts'
import { findInside, repositoryPath } from '../repository/paths.ts'
import type { Repository } from '../repository/repository.ts'

/** A `.dvc` file with its new text. */
export interface RecordEdit {
  readonly file: string
  readonly text: string
}

/** The outputs as they are after recording, and the files that have to be written for it. */
export interface Recording {
  readonly outputs: readonly Output[]
  readonly edits: readonly RecordEdit[]
}

/**
 * Records what is in the workspace, as `dvc add` does for an output that a `.dvc` file tracks already (dvc/output.py).
 * Writes nothing: {@link writeRecords} does.
 * @param paths outputs, or their `.dvc` files
 * @throws Failure `config` for what no `.dvc` file tracks, and for what is not in the workspace
 */
export async function recordOutputs(
  world: Pick<World, 'signal'>,
  { root, bounds, outputs }: Repository,
  paths: readonly string[],
): Promise<Recording> {
  const texts = new Map<string, string>()
  const recorded = new Map<string, Output>()
  for (const path of paths) {
    const output = findOutput(outputs, path)
    const found = await findInside(bounds, output.path)
    if (found.kind !== 'file' && found.kind !== 'directory')
      throw invalidFile(
        `add: ${path}`,
        'it is not in the workspace',
        'Make the data before this step',
        'DVC_ADD',
      )
    const hashed = async (hash: HashName): Promise<Recorded> =>
      found.kind === 'directory'
        ? recordDirectory(await readDirectory(world, bounds, { ...output, hash }))
        : recordFile(found.realPath, await hashFile(found.realPath, hash, world.signal))
    if ((await hashed(output.hash)).oid === output.oid) continue
    const now = await hashed('md5')
    const { source } = output
    const before = texts.get(source) ?? (await readFile(join(root, source), 'utf8'))
    texts.set(source, editDvcFile(before, source, writtenPath(before, output), now))
    recorded.set(output.path, { ...output, oid: now.oid, size: now.size, hash: 'md5' })
  }
  return {
    outputs: outputs.map((output) => recorded.get(output.path) ?? output),
    edits: [...texts].map(([file, text]) => ({ file, text })),
  }
}

/** Writes the files, each whole or not at all. @throws Failure `config` where that is not possible */
export async function writeRecords({ root }: Repository, edits: readonly RecordEdit[]): Promise<void> {
  for (const { file, text } of edits) {
    await replaceFile(join(root, file), text).catch((error: unknown) => {
      throw fileFailure(file, error)
    })
  }
}

async function replaceFile(path: string, text: string): Promise<void> {
  const beside = `${path}.${process.pid}.tmp`
  const { mode } = await stat(path)
  try {
    const handle = await open(beside, 'wx', mode)
    await handle.writeFile(text).finally(() => handle.close())
    await rename(beside, path)
  } finally {
    await rm(beside, { force: true })
  }
}

function findOutput(outputs: readonly Output[], path: string): Output {
  const wanted = posix.normalize(path).replace(/\/$/, '')
  const output = outputs.find((known) => known.path === wanted || known.source === wanted)
  if (output?.source.endsWith('.dvc') === true && output.origin === undefined) return output
  const on = `add: ${path}`
  if (output === undefined)
    throw unsupported(
      on,
      'no .dvc file tracks it yet',
      `Run \`dvc add ${wanted}\` once on your machine and commit ${wanted}.dvc and .gitignore`,
    )
  throw unsupported(
    on,
    output.origin !== undefined
      ? 'it was imported from another repository'
      : `it is an output of the pipeline (${output.source})`,
    output.origin !== undefined ? 'Run `dvc update`' : 'Run the pipeline (`dvc repro`) or `dvc commit`',
  )
}

/** The path as the file writes it: relative to its own folder and wdir. */
function writtenPath(text: string, { source, path }: Output): string {
  const { wdir, outs } = parseDvcFile(text, source)
  const folder = posix.join(posix.dirname(source), wdir)
  return outs.find((out) => repositoryPath(folder, out.path, source) === path)?.path ?? path
}

function recordDirectory({ oid, files }: Awaited<ReturnType<typeof readDirectory>>): Recorded {
  const size = [...files.values()].reduce((sum, file) => sum + file.hash.size, 0)
  return { oid, size, nfiles: files.size, isexec: false }
}

async function recordFile(
  path: string,
  { md5, size }: Awaited<ReturnType<typeof hashFile>>,
): Promise<Recorded> {
  const { mode } = await stat(path)
  return { oid: md5, size, nfiles: undefined, isexec: (mode & 0o111) !== 0 }
}
