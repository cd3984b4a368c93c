export { applyPlan } from './apply.ts'
export type {
  Change,
  ImageParts,
  PlannedSplice,
  PlannedValue,
  Setting,
  Splice,
  Target,
} from './change.ts'
export { decodeManifest, type ManifestFile } from './file.ts'
export { COMPONENTS, type Component, type Field, type Place } from './place.ts'
export { type Plan, planEdits } from './plan.ts'
export { LIMITS } from './read/caps.ts'
