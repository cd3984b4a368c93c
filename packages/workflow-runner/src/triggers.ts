import { filterMatches } from './filter-pattern.ts'
import { unsupported } from './refusals.ts'
import { isMapping, type Json, listOf, type Mapping, mappingOf, optionalText, textOf } from './values.ts'

/** What of an event decides whether it starts a workflow. */
export interface TriggerFacts {
  readonly name: string
  readonly payload: Mapping
  /** `refs/heads/main`, `refs/tags/v1`; for pull requests the ref of the merge. */
  readonly ref: string
  /** Paths that the push or pull request changes; undefined when unknown. */
  readonly changedFiles?: readonly string[] | undefined
}

const DEFAULT_TYPES: Readonly<Record<string, readonly string[]>> = {
  pull_request: ['opened', 'synchronize', 'reopened'],
  pull_request_target: ['opened', 'synchronize', 'reopened'],
}

const KNOWN_FILTERS = new Set([
  'types',
  'branches',
  'branches-ignore',
  'tags',
  'tags-ignore',
  'paths',
  'paths-ignore',
  'inputs',
])

/** An `on:` value in its three spellings as one mapping from event to its filters. */
export function readTriggers(on: Json | undefined): Mapping {
  if (isMapping(on)) return on
  return Object.fromEntries(listOf(on).map((name) => [textOf(name), null]))
}

/**
 * Why the event does not start the workflow, or undefined when it does.
 * @throws Failure `config` for filters that GitHub has and this runner has not
 */
export function whyNotTriggered(on: Json | undefined, event: TriggerFacts): string | undefined {
  const triggers = readTriggers(on)
  const filters = triggers[event.name]
  if (filters === undefined) return `it runs on ${Object.keys(triggers).join(', ')}`
  if (event.name === 'schedule') return whyNotScheduled(filters, event)
  const settings = mappingOf(filters)
  const unknown = Object.keys(settings).find((key) => !KNOWN_FILTERS.has(key))
  if (unknown !== undefined) throw unsupported('its triggers', [`on.${event.name}.${unknown}`])
  return wrongType(settings, event) ?? wrongRef(settings, event) ?? wrongPaths(settings, event)
}

/** Whether the trigger of this event looks at changed files at all. */
export function filtersPaths(on: Json | undefined, eventName: string): boolean {
  const settings = mappingOf(readTriggers(on)[eventName])
  return 'paths' in settings || 'paths-ignore' in settings
}

function whyNotScheduled(filters: Json, event: TriggerFacts): string | undefined {
  const asked = optionalText(event.payload['schedule'])
  const lines = listOf(filters).map(mappingOf)
  const unknown = lines.flatMap((line) => Object.keys(line)).find((key) => key !== 'cron')
  if (unknown !== undefined) throw unsupported('its triggers', [`on.schedule.${unknown}`])
  const crons = lines.map((line) => textOf(line['cron']))
  return asked === undefined || crons.includes(asked)
    ? undefined
    : `it is scheduled at ${crons.join(' and ')}, not at ${asked}`
}

function wrongType(settings: Mapping, event: TriggerFacts): string | undefined {
  const types = 'types' in settings ? listOf(settings['types']).map(textOf) : DEFAULT_TYPES[event.name]
  const action = optionalText(event.payload['action'])
  if (types === undefined || action === undefined || types.some((type) => type === action)) return undefined
  return `it runs on ${event.name} of type ${types.join(', ')}, not ${action}`
}

function wrongRef(settings: Mapping, event: TriggerFacts): string | undefined {
  if (event.name.startsWith('pull_request')) return wrongBranch(settings, baseBranch(event))
  if (event.name !== 'push') return undefined
  const tag = event.ref.startsWith('refs/tags/') ? event.ref.slice('refs/tags/'.length) : undefined
  if (tag !== undefined) return wrongName(settings, 'tags', 'branches', tag)
  return wrongName(settings, 'branches', 'tags', event.ref.replace(/^refs\/heads\//, ''))
}

function wrongBranch(settings: Mapping, branch: string): string | undefined {
  return wrongName(settings, 'branches', 'none', branch)
}

function wrongName(settings: Mapping, kind: string, other: string, name: string): string | undefined {
  const wanted = settings[kind]
  const ignored = settings[`${kind}-ignore`]
  if (wanted === undefined && ignored === undefined) {
    const onlyOther = other in settings || `${other}-ignore` in settings
    return onlyOther ? `it filters ${other} and ${name} is none` : undefined
  }
  if (wanted !== undefined && !filterMatches(listOf(wanted).map(textOf), name))
    return `${name} does not match its ${kind}`
  const matchesIgnored = ignored !== undefined && filterMatches(listOf(ignored).map(textOf), name)
  return matchesIgnored ? `${name} matches its ${kind}-ignore` : undefined
}

function wrongPaths(settings: Mapping, event: TriggerFacts): string | undefined {
  const wanted = settings['paths']
  const ignored = settings['paths-ignore']
  if ((wanted === undefined && ignored === undefined) || event.ref.startsWith('refs/tags/')) return undefined
  const files = event.changedFiles ?? []
  const patterns = listOf(wanted ?? ignored ?? null).map(textOf)
  const counts = files.some((file) => filterMatches(patterns, file) === (wanted !== undefined))
  return counts ? undefined : `none of the changed files is one that it looks at (${files.join(', ')})`
}

function baseBranch(event: TriggerFacts): string {
  return textOf(mappingOf(mappingOf(event.payload['pull_request'])['base'])['ref'])
}
