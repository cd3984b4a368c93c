export { DEFAULT_PRINCIPAL, type DenyRule, isDenied, type Principal } from './principal.ts'
export { type Refusal, sameText, type Verdict, type Verified, verifySignature } from './verify.ts'
