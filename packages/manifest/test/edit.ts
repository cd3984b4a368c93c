import { applyPlan, type Change, planEdits } from '../src/index.ts'

/** Plans and applies in one go, as the action does. */
export function edit(text: string, changes: readonly Change[], path = 'k8s/inference.yaml'): string {
  return applyPlan(planEdits({ path, text }, changes))
}

export function setImage(value: string, target: Change['target'] = {}): Change {
  const [name = '', tag] = value.split(':')
  return { set: 'image', value, parts: { name, tag }, target }
}

export function setStorageUri(value: string, target: Change['target'] = {}): Change {
  return { set: 'storage-uri', value, target }
}
