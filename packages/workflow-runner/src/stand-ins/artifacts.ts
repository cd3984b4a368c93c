import { createHash } from 'node:crypto'
import { existsSync, statSync } from 'node:fs'
import { cp, mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { filterMatches } from '../filter-pattern.ts'
import { findFiles } from '../hash-files.ts'
import type { FunctionStandIn, StandInStep } from '../stand-in.ts'

/** `actions/upload-artifact`: keeps the files in the run's directory, where jobs that follow find them. */
export const uploadArtifact: FunctionStandIn = {
  describe: "keeps artifacts in the run's directory",
  inputs: {
    name: 'artifact',
    path: '',
    'if-no-files-found': 'warn',
    'retention-days': '',
    'compression-level': '6',
    overwrite: 'false',
    'include-hidden-files': 'false',
  },
  async main(step) {
    const name = step.inputs['name'] ?? 'artifact'
    const { root, files } = selectFiles(step)
    if (files.length === 0) return reportNothing(step)
    const target = join(artifactsOf(step), name)
    if (existsSync(target)) {
      if (step.inputs['overwrite'] !== 'true')
        throw new Error(`an artifact with this name already exists on the workflow run: ${name}`)
      await rm(target, { recursive: true })
    }
    const digest = createHash('sha256')
    for (const file of files) {
      await mkdir(dirname(join(target, file)), { recursive: true })
      await cp(join(root, file), join(target, file))
      digest.update(file).update(await readFile(join(root, file)))
    }
    step.setOutput('artifact-id', name)
    step.setOutput('artifact-digest', digest.digest('hex'))
    step.log(`Artifact ${name}: ${files.length} files`)
  },
}

/** `actions/download-artifact`: one by name into `path`, or all of them into directories of their names. */
export const downloadArtifact: FunctionStandIn = {
  describe: "takes artifacts from the run's directory",
  inputs: {
    name: '',
    path: '',
    pattern: '',
    'merge-multiple': 'false',
    'github-token': '',
    repository: '',
    'run-id': '',
  },
  async main(step) {
    const { name = '', pattern = '', path = '' } = step.inputs
    if (step.inputs['github-token'] !== '')
      throw new Error('The stand-in for actions/download-artifact does not support: github-token')
    const all = existsSync(artifactsOf(step)) ? await readdir(artifactsOf(step)) : []
    const wanted =
      name === '' ? all.filter((known) => pattern === '' || filterMatches([pattern], known)) : [name]
    const target = resolve(step.workspace, path)
    for (const artifact of wanted) {
      if (!all.includes(artifact))
        throw new Error(`Unable to download artifact(s): Artifact not found for name: ${artifact}`)
      const flat = name !== '' || step.inputs['merge-multiple'] === 'true'
      await cp(join(artifactsOf(step), artifact), flat ? target : join(target, artifact), { recursive: true })
    }
    step.setOutput('download-path', target)
    step.log(`${wanted.length} artifacts into ${target}`)
  },
}

function artifactsOf({ shared }: StandInStep): string {
  return join(shared, '_artifacts')
}

// The root is the least directory that holds every search path, as @actions/artifact cuts it.
function selectFiles({ inputs, workspace }: StandInStep): { root: string; files: string[] } {
  const lines = (inputs['path'] ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const patterns = lines.map((line) => patternIn(workspace, line))
  const root = patterns
    .filter((pattern) => !pattern.startsWith('!'))
    .map((pattern) => searchRoot(workspace, pattern))
    .reduce(commonDirectory)
  const hidden = inputs['include-hidden-files'] === 'true'
  const files = findFiles(workspace, patterns).filter((file) => hidden || !/(^|\/)\./.test(file))
  return { root, files: files.map((file) => relative(root, join(workspace, file))) }
}

function patternIn(workspace: string, line: string): string {
  const negative = line.startsWith('!')
  const path = negative ? line.slice(1) : line
  const inside = isAbsolute(path) ? relative(workspace, path) : path.replace(/^\.\//, '')
  if (inside.startsWith('..'))
    throw new Error(
      `The stand-in for actions/upload-artifact does not support paths outside of the workspace: ${line}`,
    )
  return (negative ? '!' : '') + (inside.replace(/\/$/, '') || '**')
}

function searchRoot(workspace: string, pattern: string): string {
  const fixed = pattern.split('/')
  const wild = fixed.findIndex((part) => /[*?[]/.test(part))
  const path = join(workspace, ...(wild < 0 ? fixed : fixed.slice(0, wild)))
  return wild < 0 && existsSync(path) && statSync(path).isFile() ? dirname(path) : path
}

function commonDirectory(a: string, b: string): string {
  return b === a || b.startsWith(`${a}/`) ? a : commonDirectory(dirname(a), b)
}

function reportNothing(step: StandInStep): void {
  const message = `No files were found with the provided path: ${step.inputs['path']}. No artifacts will be uploaded.`
  const wanted = step.inputs['if-no-files-found']
  if (wanted === 'error') throw new Error(message)
  if (wanted === 'warn') step.annotate('warning', message)
  else step.log(message)
}
