import { Failure, messageOf, sanitizeLine } from '@mlops-actions/diagnostics'
import type { BuildkitAddress } from './address.ts'
import type { Answer } from './connection.ts'
import { ADDRESS, CONNECTION_RULES, type Explanation, STRANGER } from './connection-rules.ts'
import { OLDEST_BUILDKIT } from './info.ts'

const INTERRUPTED: Explanation = {
  kind: 'upstream',
  on: ADDRESS,
  code: 'BUILDKIT_UNREACHABLE',
  next: 'Run the step again; if it stays, look at the network between this runner and the builder',
}

/** What it means that a BuildKit could not be asked, or is none that can be used. Pure. */
export function explainConnection(answer: Answer, address: BuildkitAddress, patience: number): Failure {
  const { seen = seenOf(answer, address, patience), ...explanation } = explanationOf(answer, address)
  const cause = answer.kind === 'error' ? answer.error : undefined
  return new Failure({ ...explanation, what: 'Cannot reach the builder', seen, cause })
}

function explanationOf(answer: Answer, address: BuildkitAddress): Explanation {
  switch (answer.kind) {
    case 'error': {
      const rule = CONNECTION_RULES.find(([codes]) => codes.test(codeOf(answer.error)))
      return rule?.[1](address) ?? INTERRUPTED
    }
    case 'closed':
      return {
        ...INTERRUPTED,
        next: 'Does it want certificates? Give `buildkit-ca`, `buildkit-cert` and `buildkit-key`; otherwise look at the log of buildkitd',
      }
    case 'silent':
      return {
        ...INTERRUPTED,
        kind: 'timeout',
        code: 'BUILDKIT_TIMEOUT',
        next: 'Check host and port, and whether a firewall or a network policy lets this runner through',
      }
    case 'stranger':
      return STRANGER
    case 'answer':
      if (answer.status === UNIMPLEMENTED) return tooOld()
      return answer.status === '0' ? STRANGER : INTERRUPTED
  }
}

/** grpc/grpc doc/statuscodes.md: a method that the server does not know; BuildKit has had this one since 0.11. */
const UNIMPLEMENTED = '12'

export function tooOld(version?: string): Explanation {
  return {
    kind: 'config',
    on: ADDRESS,
    code: 'BUILDKIT_TOO_OLD',
    ...(version === undefined ? {} : { seen: `it is BuildKit ${sanitizeLine(version, 40)}` }),
    next: `Update the builder to BuildKit ${OLDEST_BUILDKIT} or newer: older ones ignore SOURCE_DATE_EPOCH, so that each build has another digest`,
  }
}

function codeOf(error: unknown): string {
  const code: unknown = Object(error).code
  return typeof code === 'string' ? code : ''
}

function seenOf(answer: Answer, { text }: BuildkitAddress, patience: number): string {
  switch (answer.kind) {
    case 'error':
      return `${text}: ${wordsOf(answer.error)}`
    case 'closed':
      return `${text} ended the connection without an answer`
    case 'silent':
      return `${text} gave no answer within ${patience / 1000} s`
    case 'stranger':
      return `${text} answered with ${sanitizeLine(answer.said, 200)}`
    case 'answer':
      return `${text} answered with the status ${answer.status || 'none'} of gRPC${answer.message === '' ? '' : `: ${sanitizeLine(answer.message, 200)}`}`
  }
}

/** OpenSSL's begin with the number of a thread and end with a line of its source. */
function wordsOf(error: unknown): string {
  const said = /:SSL routines:[^:]*:([^:]+):/.exec(messageOf(error))?.[1] ?? messageOf(error)
  return sanitizeLine(said.trim(), 300)
}
