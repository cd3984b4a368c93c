import { GetLifecyclePolicyCommand, PutLifecyclePolicyCommand } from '@mlops-actions/aws/ecr'
import { type Failure, toFailure, type World, withDetails } from '@mlops-actions/diagnostics'
import { callEcr, type EcrApi } from '../api.ts'
import { identity, type RepositoryId, unless } from '../repository.ts'

type Call = Pick<World, 'signal'>

/**
 * Gives a repository that was created a moment ago its lifecycle policy.
 * @throws Failure that says that the repository is there, but without its policy
 */
export async function putLifecyclePolicy(
  call: Call,
  ecr: EcrApi,
  repository: RepositoryId,
  text: string,
): Promise<void> {
  const command = new PutLifecyclePolicyCommand({ ...identity(repository), lifecyclePolicyText: text })
  const asked = {
    what: 'The repository was created, but its lifecycle policy was refused',
    on: repository.name,
    action: 'ecr:PutLifecyclePolicy',
  }
  try {
    await callEcr(call, ecr, asked, (abortSignal) => ecr.client.send(command, { abortSignal }))
  } catch (thrown) {
    throw call.signal.aborted ? thrown : withoutPolicy(toFailure(thrown))
  }
}

/** Running the step again finds a repository that exists, which it does not change. */
function withoutPolicy(failure: Failure): Failure {
  const { cause } = failure
  const isWrong = cause instanceof Error && /^(?:InvalidParameter|Validation)Exception$/.test(cause.name)
  const first = isWrong ? 'Correct `lifecycle-policy`' : failure.details.next
  return withDetails(failure, {
    ...(isWrong ? { kind: 'config', code: 'ECR_LIFECYCLE_POLICY' } : {}),
    next: `${first}; then set the policy with \`aws ecr put-lifecycle-policy\`, or delete the empty repository and run the step again: it changes no repository that exists`,
    retryable: false,
  })
}

/** The policy as it stands in the repository, if it has one; undefined where there is no repository. */
export async function readLifecyclePolicy(
  call: Call,
  ecr: EcrApi,
  repository: RepositoryId,
): Promise<{ readonly text: string | undefined } | undefined> {
  const command = new GetLifecyclePolicyCommand(identity(repository))
  const asked = {
    what: 'Cannot compare the lifecycle policy',
    on: repository.name,
    action: 'ecr:GetLifecyclePolicy',
  }
  return callEcr(call, ecr, asked, async (abortSignal) =>
    ecr.client
      .send(command, { abortSignal })
      .then(({ lifecyclePolicyText: text }) => ({ text }))
      .catch((cause: unknown) => unless('LifecyclePolicyNotFoundException', cause, { text: undefined }))
      .catch((cause: unknown) => unless('RepositoryNotFoundException', cause, undefined)),
  )
}

/** Whether two policies mean the same: order of keys and of rules, which have priorities, and blanks do not count. */
export function isSamePolicy(one: string, other: string): boolean {
  return normalize(one) === normalize(other)
}

function normalize(text: string): string {
  try {
    return JSON.stringify(sortKeys(JSON.parse(text)))
  } catch {
    return text
  }
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys).toSorted(byPriority)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(entries.map(([key, item]) => [key, sortKeys(item)]))
}

/** Other lists than that of the rules hold texts: prefixes and patterns, whose order does not count either. */
function byPriority(one: unknown, other: unknown): number {
  const difference = Number(Object(one).rulePriority) - Number(Object(other).rulePriority)
  if (!Number.isNaN(difference)) return difference
  return String(one) < String(other) ? -1 : Number(String(one) > String(other))
}
