import { applyPlan, type Change, planEdits } from '../src/index.ts'

/** Plans and applies in one go, as the action does. */
export function edit(text: string, changes: readonly Change[], path = 'k8s/inference.yaml'): string {
  return applyPlan(planEdits({ path, text }, changes))
}

export function setImage(value: string, target: Change['target'] = {}): Change {
  const [named = '', digest] = value.split('@')
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1)
  const [name, tag] = colon === -1 ? [named] : [named.slice(0, colon), named.slice(colon + 1)]
  return { set: 'image', value, parts: { name, tag, digest }, target }
}

export function setStorageUri(value: string, target: Change['target'] = {}): Change {
  return { set: 'storage-uri', value, target }
}

export function setValue(
  path: string,
  value: string | number | boolean,
  target: Change['target'] = {},
): Change {
  return { set: 'value', path, value, target }
}
