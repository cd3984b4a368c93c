import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { runCommand } from '../command.ts'
import { installOnce } from './install.ts'

/**
 * Builds a program from the Go module proxy, once, and returns its path.
 * @param path of its main package, such as `github.com/owner/name/cmd/program`
 * @throws Error when there is no Go, or one that is too old for the module
 */
export async function goProgram(path: string, version: string): Promise<string> {
  const go = await goOrThrow(path)
  // The major version at the end of a module's path is no part of the program's name.
  const name = path.replace(/\/v\d+$/, '').replace(/^.*\//, '')
  const folder = await installOnce(name, `${go}\n${path}@${version}`, async (bin) => {
    const env = { ...process.env, GOBIN: bin }
    const { code, output } = await runCommand('go', ['install', `${path}@${version}`], {
      cwd: '/',
      env,
    })
    if (code !== 0) throw new Error(`${go} cannot build ${path}@${version}:\n${output.trimEnd()}`)
  })
  return join(folder, name)
}

/**
 * Files of a Go module, by their paths in it: what a project publishes with its sources. They are fetched once, through the
 * module proxy that Go is set up with.
 * @returns the folder that they are in
 * @throws Error when there is no Go, or one that is too old for the module
 */
export async function goModuleFiles(
  path: string,
  version: string,
  files: readonly string[],
): Promise<string> {
  await goOrThrow(path)
  const name = `${path.replace(/\/v\d+$/, '').replace(/^.*\//, '')}-files`
  return installOnce(name, [`${path}@${version}`, ...files].join('\n'), async (folder) => {
    const cache = join(folder, 'cache')
    const env = { ...process.env, GOMODCACHE: cache, GOFLAGS: '-modcacherw' }
    const { code, output } = await runCommand('go', ['mod', 'download', '-json', `${path}@${version}`], {
      cwd: '/',
      env,
    })
    if (code !== 0) throw new Error(`${path}@${version} cannot be fetched:\n${output.trimEnd()}`)
    const module: { readonly Dir: string } = JSON.parse(output.slice(output.indexOf('{')))
    for (const file of files) await cp(join(module.Dir, file), join(folder, file))
    await rm(cache, { recursive: true, force: true })
  })
}

async function goOrThrow(path: string): Promise<string> {
  const answer = await runCommand('go', ['version'], { cwd: '/', env: process.env }).catch(() => undefined)
  if (answer?.code === 0) return answer.output.trim()
  throw new Error(`There is no Go tool chain, and ${path} is built with one: install Go (https://go.dev/dl)`)
}
