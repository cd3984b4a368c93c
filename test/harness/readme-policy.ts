import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PolicyDocument } from '@mlops-actions/sandbox/s3'

/** The IAM policy that the README of an action shows, the one whose first statement has this Sid. */
export function readmePolicy(action: string, first: string): PolicyDocument {
  const text = readFileSync(join(import.meta.dirname, '..', '..', 'actions', action, 'README.md'), 'utf8')
  const policies = [...text.matchAll(/```json\n(\{\s+"Version"[^`]*)```/g)].map(([, json = '']) => json)
  const found = policies.find((json) => /"Sid": "(\w+)"/.exec(json)?.[1] === first)
  if (found === undefined) throw new Error(`the README of ${action} has no policy that begins with ${first}`)
  return JSON.parse(found)
}

/** The same policy for another region, another account, … */
export function rewritten(policy: PolicyDocument, from: string, to: string): PolicyDocument {
  return JSON.parse(JSON.stringify(policy).replaceAll(from, to))
}

/** Those statements of a policy alone. */
export function only(policy: PolicyDocument, sids: readonly string[]): PolicyDocument {
  return { ...policy, Statement: policy.Statement.filter(({ Sid = '' }) => sids.includes(Sid)) }
}
