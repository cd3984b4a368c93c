import { noMergeKeys, pinnedActions, pinnedImages } from './pins.ts'
import { actionRunsItsBundle, inputsExist, outputsExist } from './references.ts'
import type { Rule } from './rule.ts'
import {
  jobTimeouts,
  namedSecrets,
  noExpressionInScript,
  noLeftCredentials,
  permissions,
  safeTriggers,
} from './safety.ts'
import { noLeftEnvironment, noTextAsProgram } from './scripts.ts'

/** The rules, in the order in which their findings are printed. */
export const RULES: readonly Rule[] = [
  { name: 'yaml', check: noMergeKeys },
  { name: 'permissions', check: permissions },
  { name: 'trigger', check: safeTriggers },
  { name: 'timeout', check: jobTimeouts },
  { name: 'secrets', check: namedSecrets },
  { name: 'pin', check: pinnedActions },
  { name: 'pin', check: pinnedImages },
  { name: 'injection', check: noExpressionInScript },
  { name: 'script', check: noTextAsProgram },
  { name: 'environment', check: noLeftEnvironment },
  { name: 'credentials', check: noLeftCredentials },
  { name: 'inputs', check: inputsExist },
  { name: 'outputs', check: outputsExist },
  { name: 'action', check: actionRunsItsBundle },
]
