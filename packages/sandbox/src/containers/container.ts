/** The part of an OCI image configuration that running it needs (image-spec config.md, `config`). */
export interface ImageRunConfig {
  readonly Entrypoint?: readonly string[]
  readonly Cmd?: readonly string[]
  readonly Env?: readonly string[]
  readonly WorkingDir?: string
  readonly Labels?: Readonly<Record<string, string>>
  readonly ExposedPorts?: Readonly<Record<string, object>>
  readonly User?: string
}

export interface PullOptions {
  /** `host:port/repository:tag` or `…@sha256:…`; the host is asked over `registryUrl` if given, else over http. */
  readonly reference: string
  /** Base URL that stands in for the reference's host, e.g. `http://127.0.0.1:41234`. */
  readonly registryUrl?: string
  readonly auth?: { readonly username: string; readonly password: string }
  /** Directory that receives the files; created, must be empty or absent. */
  readonly rootfs: string
  readonly signal?: AbortSignal
}

export interface PulledImage {
  readonly reference: string
  /** Of what the reference names: of the index where there is one, as containerd's `imageID` says it. */
  readonly digest: string
  readonly rootfs: string
  readonly config: ImageRunConfig
}

export interface ContainerOptions {
  readonly rootfs: string
  readonly config: ImageRunConfig
  /** Wins over the image's Env; `PORT` and the like are how a server is told where to listen. */
  readonly env?: Readonly<Record<string, string>>
  /** Replaces the image's Cmd, as `args` of a Kubernetes container does. */
  readonly args?: readonly string[]
  /** Replaces the image's Entrypoint, as `command` of a Kubernetes container does; Cmd is dropped with it. */
  readonly command?: readonly string[]
  /** Absolute container path -> directory of the host, e.g. `{ '/mnt/models': '/tmp/x/model' }`. */
  readonly mounts?: Readonly<Record<string, string>>
  /** Stops the container when aborted. */
  readonly signal?: AbortSignal
  /** One call per chunk of text, as written. */
  readonly onOutput?: (text: string, stream: 'stdout' | 'stderr') => void
  /** Milliseconds between TERM and KILL; default 5000. */
  readonly graceMs?: number
}

export interface ContainerExit {
  /** Null when a signal ended it. 127 when the command does not exist. */
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export interface Container {
  readonly pid: number
  /** The last 64 KiB of both streams, in order of arrival. */
  logs(): string
  readonly exited: Promise<ContainerExit>
  /** TERM to the process group, KILL after the grace period; resolves when the process is gone. */
  stop(): Promise<ContainerExit>
}
