import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { runOrThrow } from '../command.ts'
import { listFiles } from '../files.ts'
import type { Workspace } from '../workspace.wire.ts'
import { runNcc } from './ncc.ts'
import { workspacesOf } from './sources.ts'

/**
 * Compiles the named actions, and the packages that they declare, into `dir`, laid out like the repository:
 * `dir/actions/<name>/src/main.js`, `dir/packages/<pkg>/src/index.js`. Packages find each other through
 * `dir/node_modules/@mlops-actions/`; everything else is found in the repository's own node_modules above.
 * Throws an Error that lists the type errors when there are any.
 */
export async function emitJavaScript(root: string, names: readonly string[], dir: string): Promise<void> {
  const up = relative(dir, root)
  const workspaces = new Map(names.flatMap((name) => workspacesOf(root, name)).map((one) => [one.dir, one]))
  writeJson(join(dir, 'tsconfig.json'), {
    extends: `${up}/tsconfig.build.json`,
    compilerOptions: { rootDir: up, outDir: '.', noEmitOnError: true },
    // All by name: the compiler emits nothing for what it only reaches through node_modules.
    include: [...workspaces.keys()].map((folder) => `${up}/${folder}/src`),
  })
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  await runOrThrow(process.execPath, [tsc, '-p', join(dir, 'tsconfig.json'), '--pretty', 'false'], root)
  for (const workspace of workspaces.values()) {
    renameWorkers(join(dir, workspace.dir))
    describeWorkspace(root, workspace, dir)
  }
  copyPure(root, dir)
  for (const workspace of workspaces.values()) await bundleWorkers(root, workspace, dir)
}

/** Packages whose modules only define things, though their package.json does not say so. See docs/adr/0009. */
const PURE = ['@actions/core']

/** Puts what the bundler may cut down nearer than the installed package, with the sentence that allows it. */
function copyPure(root: string, dir: string): void {
  for (const name of PURE.filter((one) => existsSync(join(root, 'node_modules', one)))) {
    const to = join(dir, 'node_modules', name)
    cpSync(join(root, 'node_modules', name), to, { recursive: true })
    const file = join(to, 'package.json')
    writeJson(file, { ...JSON.parse(readFileSync(file, 'utf8')), sideEffects: false })
  }
}

const WORKER_FILE = /(new Worker\(\s*new URL\('\.\/[\w-]+)\.ts(?=', import\.meta\.url\))/g

/** The compiler writes `.js` into imports, and leaves the files of worker threads as they were. See docs/adr/0005. */
function renameWorkers(folder: string): void {
  for (const file of listFiles(folder, 'src', (path) => path.endsWith('.js'))) {
    const text = readFileSync(join(folder, file), 'utf8')
    const renamed = text.replace(WORKER_FILE, '$1.js')
    if (renamed !== text) writeFileSync(join(folder, file), renamed)
  }
}

/** ncc copies the file of a worker thread beside a bundle as it is: so it has to be whole before. See docs/adr/0005. */
async function bundleWorkers(root: string, workspace: Workspace, dir: string): Promise<void> {
  for (const worker of listFiles(join(dir, workspace.dir), 'src', (path) => path.endsWith('-worker.js'))) {
    const file = join(workspace.dir, worker)
    const out = join(dir, 'workers', basename(worker, '.js'))
    await runNcc(root, dir, file, out)
    copyFileSync(join(out, 'index.js'), join(dir, file))
  }
}

function describeWorkspace(root: string, workspace: Workspace, dir: string): void {
  const exports = [...workspace.exports].map(([subpath, target]) => [subpath, target.replace(/\.ts$/, '.js')])
  writeJson(join(dir, workspace.dir, 'package.json'), {
    name: workspace.name,
    license: 'Apache-2.0',
    type: 'module',
    exports: Object.fromEntries(exports),
    // Modules of a package only define things: the bundler may leave out what an action does not call.
    ...(workspace.kind === 'package' ? { sideEffects: false } : {}),
  })
  if (workspace.kind === 'package') link(join(dir, workspace.dir), join(dir, 'node_modules', workspace.name))
  // npm puts a second version of a dependency here when two packages disagree.
  const own = join(root, workspace.dir, 'node_modules')
  if (existsSync(own)) link(own, join(dir, workspace.dir, 'node_modules'))
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  symlinkSync(relative(dirname(path), target), path, 'dir')
}

function writeJson(file: string, value: unknown): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`)
}
