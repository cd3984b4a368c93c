/** What a platform is made of, as an index or an image's configuration writes it (OCI image-spec image-index.md). */
export interface PlatformParts {
  readonly os: string
  readonly architecture: string
  /** '' where there is none. */
  readonly variant: string
}

/** Other names of the same machine, and those that name a variant with it. */
const MACHINES: Readonly<Record<string, readonly [architecture: string, variant?: string]>> = {
  i386: ['386', ''],
  x86_64: ['amd64'],
  'x86-64': ['amd64'],
  aarch64: ['arm64'],
  armhf: ['arm', 'v7'],
  armel: ['arm', 'v6'],
}

/** Variants by machine: those that say nothing, and other spellings of those that do. */
const VARIANTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  amd64: { v1: '' },
  arm64: { '8': '', v8: '', 'v8.0': '', '9': 'v9', '9.0': 'v9', 'v9.0': 'v9' },
  arm: { '': 'v7', '5': 'v5', '6': 'v6', '7': 'v7', '8': 'v8' },
}

/**
 * The one name of a platform: `linux/arm64` for `linux/arm64/v8` and `linux/aarch64`, `linux/arm/v7` for `linux/arm`.
 * BuildKit gives the platforms of a build these names before anything else, and two of them are the same exactly where
 * their names are (containerd/platforms database.go, `normalizeOS` and `normalizeArch`).
 */
export function formatPlatform(parts: PlatformParts): string {
  const given = parts.architecture.toLowerCase()
  const [architecture, named] = own(MACHINES, given) ?? [given]
  const written = named ?? parts.variant.toLowerCase()
  const variant = own(own(VARIANTS, architecture) ?? {}, written) ?? written
  const os = parts.os.toLowerCase()
  return [os === 'macos' ? 'darwin' : os, architecture, ...(variant === '' ? [] : [variant])].join('/')
}

/** The one name of `os/architecture` or `os/architecture/variant`. */
export function normalizePlatform(text: string): string {
  const [os = '', architecture = '', variant = ''] = text.split('/')
  return formatPlatform({ os, architecture, variant })
}

function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}
