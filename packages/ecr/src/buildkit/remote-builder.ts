import type { World } from '@mlops-actions/diagnostics'
import type { CommandResult } from '@mlops-actions/process'
import { askDocker, type Explained, type Program } from '../docker.ts'
import type { BuildkitAddress } from './address.ts'
import type { TlsFiles } from './tls-files.ts'

/** Its name is known in its own folder only, so that it cannot be one of the user's. */
export const REMOTE_BUILDER = 'mlops-actions'

export interface RemoteBuilderWish {
  readonly buildx: Program
  readonly address: BuildkitAddress
  readonly tls: TlsFiles | undefined
  /** Only we may look into it; it goes when the step ends. */
  readonly folder: string
  /** The environment of buildx. */
  readonly env: Readonly<Record<string, string>>
}

/**
 * Makes a BuildKit known to buildx as a builder of its own, and returns the environment in which it is known. Nothing is
 * written beside `folder`: neither the user's builders nor the choice among them changes.
 * @throws Failure `config` where buildx does not take it
 */
export async function createRemoteBuilder(
  world: World,
  wish: RemoteBuilderWish,
): Promise<Readonly<Record<string, string>>> {
  const { buildx: program, address, tls, folder } = wish
  const { BUILDX_BUILDER: _chosen, BUILDKIT_HOST: _default, ...others } = wish.env
  const env = { ...others, BUILDX_CONFIG: folder }
  const options = Object.entries({ ...tls?.paths, servername: address.serverName })
  await askDocker(
    world,
    { program, env },
    {
      args: [
        'create',
        `--name=${REMOTE_BUILDER}`,
        '--driver=remote',
        ...options.flatMap(([name, value]) => (value === undefined ? [] : [`--driver-opt=${name}=${value}`])),
        address.text,
      ],
      files: tls?.open,
      what: 'Cannot use the builder',
      on: 'the input `buildkit`',
      explain: explainCreate,
    },
  )
  return env
}

function explainCreate({ stderr }: CommandResult): Explained {
  return {
    kind: 'config',
    code: 'BUILDKIT_ADDRESS',
    seen: `buildx does not take it: ${stderr.trim().split('\n').at(-1) ?? ''}`,
    next: 'Correct the address, or update buildx',
  }
}
