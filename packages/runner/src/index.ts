export { type Action, runAction } from './action.ts'
export type { ArtifactSubject } from './artifacts.ts'
export { readCaCert } from './ca-cert.ts'
export { common } from './common.ts'
export { type RunContext, readContext } from './context.ts'
export {
  boolean,
  collection,
  duration,
  type Field,
  type FieldMaker,
  headers,
  integer,
  keyValues,
  lines,
  list,
  number,
  oneOf,
  parsed,
  secret,
  size,
  text,
  url,
} from './fields.ts'
export { camelCase, defineInputs, type InputSchema, type InputsOf, type Problem } from './inputs.wire.ts'
export type { ActionResult } from './result.ts'
export type { ActionWorld } from './world.ts'
