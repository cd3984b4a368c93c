import { type DebianPackages, unpackDebian } from './debian.ts'

/**
 * A Docker engine, a registry and a buildx of at least 0.26, which only Debian's unstable has. busybox is what a `RUN`
 * step runs: nothing is pulled from anywhere.
 */
const PACKAGES: DebianPackages = [
  ['docker.io', 'trixie'],
  ['docker-cli', 'trixie'],
  ['containerd', 'trixie'],
  ['docker-registry', 'trixie'],
  ['docker-buildx', 'sid'],
  // Linked against the C library of its own suite.
  ['runc', 'own'],
  ['busybox-static', 'own'],
]

/** The Docker engine and what belongs to it, see {@link unpackDebian}. */
export function unpackDocker(): Promise<string> {
  return unpackDebian('docker-26-buildx-0.29', PACKAGES)
}
