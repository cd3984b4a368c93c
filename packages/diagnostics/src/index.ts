export {
  cancelled,
  FAILURE_KINDS,
  Failure,
  type FailureDetails,
  type FailureKind,
  formatFailure,
  type JsonValue,
  type OutputValue,
  withDetails,
} from './failure.ts'
export { failureMarkdown } from './failure-markdown.ts'
export { type Log, silentLog } from './log.ts'
export { adviceMarkdown, codeFence, escapeMarkdown, inlineCode } from './markdown.ts'
export { createRedactor, type Redactor } from './redact.ts'
export { quoteForeignText, sanitizeLine, sanitizeText, type TextLimits } from './sanitize.ts'
export { rareForms, SHORTEST_SECRET, secretForms } from './secret-forms.ts'
export { type SystemTrouble, systemTrouble } from './system.ts'
export { causeChain, messageOf, toFailure } from './thrown.ts'
export { timerOf } from './timer.ts'
export type { World } from './world.ts'
export { wrongInput } from './wrong-input.ts'
