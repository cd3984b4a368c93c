export type { PolicyDocument, PolicyStatement } from './policy.ts'
export {
  DEFAULT_PRINCIPAL,
  type Denial,
  type DenyRule,
  denialOf,
  denialText,
  type Principal,
  type Question,
} from './principal.ts'
export { type Refusal, sameText, type Verdict, type Verified, verifySignature } from './verify.ts'
