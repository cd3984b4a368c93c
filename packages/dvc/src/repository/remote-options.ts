import { invalidFile } from '../invalid.ts'
import { type ConfigOption, textOf } from './config.ts'

/** Options of one remote, by their lower-case names. */
export type Options = ReadonlyMap<string, ConfigOption>

export function isTrue(on: string, options: Options, name: string): boolean {
  return booleanOf(on, options, name) === true
}

export function isFalse(on: string, options: Options, name: string): boolean {
  return booleanOf(on, options, name) === false
}

function booleanOf(on: string, options: Options, name: string): boolean | undefined {
  const value = text(options, name)?.toLowerCase()
  if (value === undefined) return undefined
  if (value === 'true' || value === 'false') return value === 'true'
  throw invalidFile(on, `${name} is "${value}"`, 'Write true or false', 'DVC_CONFIG')
}

export function text(options: Options, name: string): string | undefined {
  const option = options.get(name)
  return option === undefined ? undefined : textOf(name, option)
}
