import { UsageRefusal } from './refusal.ts'
import { isRemote } from './remotes.ts'

/** The builders of this stand-in, by name: the daemon's own, and one as docker/setup-buildx-action makes it. */
const DRIVERS: ReadonlyMap<string, 'docker' | 'docker-container'> = new Map([
  ['default', 'docker'],
  ['native', 'docker-container'],
])

export type Driver = 'docker' | 'docker-container' | 'remote'

/** @throws UsageRefusal for a builder that is not there */
export function driverOf(
  builder = 'default',
  env: Readonly<Record<string, string | undefined>> = {},
): Driver {
  const driver = isRemote(builder, env) ? 'remote' : DRIVERS.get(builder)
  if (driver === undefined) throw new UsageRefusal(`no builder "${builder}" found`)
  return driver
}
