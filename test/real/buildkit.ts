import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { chmod, cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { runCommand } from '../../scripts/command.ts'
import { installOnce } from '../../scripts/real/install.ts'
import { type Engine, end, until } from './docker-engine.ts'

/** Debian has no BuildKit of its own beside the one in the engine, and only one of its own pushes by digest. */
const VERSION = 'v0.25.2'
/** The newest that exports once only (moby/buildkit#3024 came with 0.13). */
export const SINGLE_OUTPUT = 'v0.12.5'
const MODULE = 'github.com/moby/buildkit'

export interface Builder {
  /** For the input `builder`; it is known to this engine's client. */
  readonly name: string
  stop(): Promise<void>
}

/**
 * Starts a BuildKit of our own and makes it known as a builder to the client of an engine, as docker/setup-buildx-action
 * does with its containers. Wants root.
 */
export async function startBuilder(
  root: string,
  folder: string,
  engine: Engine,
  { name = 'native', version = VERSION }: { readonly name?: string; readonly version?: string } = {},
): Promise<Builder> {
  const socket = join(folder, 'buildkit.sock')
  const daemon = await startBuildkitd(root, folder, [`--addr=unix://${socket}`], version)
  try {
    await docker(engine, ['buildx', 'create', `--name=${name}`, '--driver=remote', `unix://${socket}`])
    return { name, stop: daemon.stop }
  } catch (error) {
    await daemon.stop()
    throw error
  }
}

/** Starts a buildkitd with these arguments, and waits until it listens. Wants root. */
export async function startBuildkitd(
  root: string,
  folder: string,
  more: readonly string[],
  version = VERSION,
): Promise<{ stop(): Promise<void> }> {
  const program = await buildkitProgram(version)
  mkdirSync(folder, { recursive: true })
  const log = join(folder, 'buildkitd.log')
  const output = openSync(log, 'a')
  const args = [
    `--root=${join(folder, 'data')}`,
    `--oci-worker-binary=${join(root, 'usr/sbin/runc')}`,
    '--containerd-worker=false',
    ...more,
  ]
  const daemon = spawn(program, args, {
    env: { ...process.env, PATH: `${join(root, 'usr/sbin')}:${process.env['PATH']}` },
    stdio: ['ignore', output, output],
  })
  closeSync(output)
  try {
    await until(() => readFileSync(log, 'utf8').includes('running server on'), daemon)
    return { stop: () => end(daemon) }
  } catch (error) {
    await end(daemon)
    throw new Error(`buildkitd did not come up:\n${readFileSync(log, 'utf8').slice(-4_000)}`, {
      cause: error,
    })
  }
}

/** `go install` refuses a module that excludes others, so it is built where its own go.mod counts. */
async function buildkitProgram(version: string): Promise<string> {
  const folder = await installOnce('buildkitd', `${MODULE}@${version}`, async (bin) => {
    const { Dir } = JSON.parse(await go(['mod', 'download', '-json', `${MODULE}@${version}`], '/')) as {
      Dir: string
    }
    const sources = join(bin, 'sources')
    await cp(Dir, sources, { recursive: true })
    // The cache of modules is read-only.
    await runCommand('chmod', ['-R', 'u+w', sources], { cwd: '/' })
    // Older releases bring a part of their dependencies with them.
    await go(['build', '-mod=mod', '-o', join(bin, 'buildkitd'), './cmd/buildkitd'], sources)
    await rm(sources, { recursive: true, force: true })
    await chmod(join(bin, 'buildkitd'), 0o755)
  })
  return join(folder, 'buildkitd')
}

async function go(args: readonly string[], cwd: string): Promise<string> {
  const { code, output } = await runCommand('go', args, { cwd, env: { ...process.env, CGO_ENABLED: '0' } })
  if (code !== 0)
    throw new Error(`go ${args.join(' ')} failed; BuildKit is built with Go:\n${output.slice(-4_000)}`)
  return output.slice(output.indexOf('{') === -1 ? 0 : output.indexOf('{'))
}

export async function docker(engine: Engine, args: readonly string[]): Promise<string> {
  const { code, output } = await runCommand('docker', args, {
    cwd: '/',
    env: { ...process.env, ...engine.env },
  })
  if (code !== 0) throw new Error(`docker ${args.join(' ')} ended with ${code}:\n${output}`)
  return output
}
