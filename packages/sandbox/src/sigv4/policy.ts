/** An identity policy as IAM has it, in IAM's own words: what stands in a README can be pasted here. */
export interface PolicyDocument {
  readonly Version?: string
  readonly Statement: readonly PolicyStatement[]
}

export interface PolicyStatement {
  readonly Sid?: string
  readonly Effect: 'Allow' | 'Deny'
  /** `s3:GetObject`, `ecr:*`; `*` and `?` stand for anything, case does not count. */
  readonly Action: string | readonly string[]
  /** ARNs, with `*` and `?`. */
  readonly Resource: string | readonly string[]
  /** Operator -> condition key -> values. Known here: StringEquals, StringNotEquals, StringLike, StringNotLike, Null. */
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
}

/** What somebody wants to do. */
export interface PolicyQuestion {
  readonly action: string
  readonly arn: string
  /** Condition keys of the request, in lower case: `s3:prefix`, `s3:x-amz-server-side-encryption`. */
  readonly context?: Readonly<Record<string, string>>
}

export type PolicyAnswer = 'allowed' | 'explicit-deny' | 'no-allow'

/** IAM user guide, "Policy evaluation logic": an explicit deny wins, and without an allow nothing goes. */
export function askPolicy({ Statement }: PolicyDocument, question: PolicyQuestion): PolicyAnswer {
  const applies = Statement.filter((statement) => isAbout(statement, question))
  if (applies.some(({ Effect }) => Effect === 'Deny')) return 'explicit-deny'
  return applies.length > 0 ? 'allowed' : 'no-allow'
}

function isAbout(statement: PolicyStatement, { action, arn, context = {} }: PolicyQuestion): boolean {
  assertKnown(statement)
  return (
    listOf(statement.Action).some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase())) &&
    listOf(statement.Resource).some((pattern) => matches(pattern, arn)) &&
    Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) =>
        holds(operator, context[key.toLowerCase()], listOf(values)),
      ),
    )
  )
}

const FIELDS = ['Sid', 'Effect', 'Action', 'Resource', 'Condition']

/** A policy that is read in part would be kinder than the real one. */
function assertKnown(statement: PolicyStatement): void {
  const unknown = Object.keys(statement).find((field) => !FIELDS.includes(field))
  if (unknown !== undefined) throw new Error(`the sandbox does not read ${unknown} in a policy`)
}

function holds(operator: string, value: string | undefined, wanted: readonly string[]): boolean {
  switch (operator) {
    case 'StringEquals':
      return value !== undefined && wanted.includes(value)
    case 'StringNotEquals':
      return value === undefined || !wanted.includes(value)
    case 'StringLike':
      return value !== undefined && wanted.some((pattern) => matches(pattern, value))
    case 'StringNotLike':
      return value === undefined || !wanted.some((pattern) => matches(pattern, value))
    case 'Null':
      return wanted.includes(String(value === undefined))
    default:
      throw new Error(`the sandbox does not know the condition operator ${operator}`)
  }
}

function listOf(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value
}

const patterns = new Map<string, RegExp>()

function matches(pattern: string, text: string): boolean {
  let expression = patterns.get(pattern)
  if (expression === undefined) {
    const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&')
    expression = new RegExp(`^${escaped.replace(/\*/g, '.*').replace(/\?/g, '.')}$`, 's')
    patterns.set(pattern, expression)
  }
  return expression.test(text)
}
