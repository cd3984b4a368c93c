import { isObject, type Json, type JsonObject } from './json.ts'

/** RFC 7396: null removes, objects merge, everything else (lists too) replaces. */
export function mergePatch(before: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch
  const merged: JsonObject = isObject(before) ? { ...before } : {}
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key]
    else merged[key] = mergePatch(merged[key], value)
  }
  return merged
}

/**
 * Server-side apply and strategic merge, simplified: as a merge patch, but lists of named objects (containers, env,
 * volumes, ports) merge by `name`. Ownership of fields is not tracked, so a field that is no longer applied stays.
 */
export function applyPatch(before: Json | undefined, patch: Json): Json {
  if (Array.isArray(patch)) return mergeNamed(Array.isArray(before) ? before : [], patch)
  if (!isObject(patch)) return patch
  const merged: JsonObject = isObject(before) ? { ...before } : {}
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key]
    else merged[key] = applyPatch(merged[key], value)
  }
  return merged
}

function mergeNamed(before: readonly Json[], patch: Json[]): Json[] {
  if (patch.length === 0 || nameOf(patch[0]) === undefined) return patch
  const kept = before.map((item) => {
    const change = patch.find((candidate) => nameOf(candidate) === nameOf(item))
    return change === undefined ? item : applyPatch(item, change)
  })
  return [...kept, ...patch.filter((item) => !before.some((old) => nameOf(old) === nameOf(item)))]
}

function nameOf(item: Json | undefined): Json | undefined {
  return isObject(item) ? item['name'] : undefined
}

/** RFC 6902 `add`, `replace`, `remove` and `test`; undefined when a step does not fit the object. */
export function jsonPatch(before: Json, steps: readonly Json[]): Json | undefined {
  let current: Json | undefined = structuredClone(before)
  for (const step of steps) {
    if (current === undefined || !isObject(step) || typeof step['path'] !== 'string') return undefined
    const path = step['path']
      .split('/')
      .slice(1)
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    current = applyStep(current, path, step)
  }
  return current
}

function applyStep(target: Json, path: readonly string[], step: JsonObject): Json | undefined {
  const [key, ...rest] = path
  if (key === undefined) return step['op'] === 'remove' ? undefined : step['value']
  if (Array.isArray(target)) return applyToList(target, key, rest, step)
  if (!isObject(target)) return undefined
  if (rest.length === 0) return applyToKey(target, key, step)
  const child = target[key]
  const changed = child === undefined ? undefined : applyStep(child, rest, step)
  return changed === undefined ? undefined : { ...target, [key]: changed }
}

function applyToKey(target: JsonObject, key: string, step: JsonObject): Json | undefined {
  const { [key]: old, ...others } = target
  const value = step['value']
  if (step['op'] === 'remove') return old === undefined ? undefined : others
  if (value === undefined) return undefined
  if (step['op'] === 'test') return JSON.stringify(old) === JSON.stringify(value) ? target : undefined
  return step['op'] === 'replace' && old === undefined ? undefined : { ...target, [key]: value }
}

function applyToList(list: Json[], key: string, rest: readonly string[], step: JsonObject): Json | undefined {
  const index = key === '-' ? list.length : Number(key)
  if (!Number.isInteger(index) || index < 0 || index > list.length) return undefined
  const child = list[index]
  if (rest.length > 0) {
    const changed = child === undefined ? undefined : applyStep(child, rest, step)
    return changed === undefined ? undefined : list.toSpliced(index, 1, changed)
  }
  const value = step['value']
  if (step['op'] === 'remove') return child === undefined ? undefined : list.toSpliced(index, 1)
  if (value === undefined) return undefined
  if (step['op'] === 'test') return JSON.stringify(child) === JSON.stringify(value) ? list : undefined
  return list.toSpliced(index, step['op'] === 'add' ? 0 : 1, value)
}
