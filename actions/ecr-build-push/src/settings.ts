import { readFile, stat } from 'node:fs/promises'
import { adviceMarkdown, inlineCode, type JsonValue, wrongInput } from '@mlops-actions/diagnostics'
import {
  compareRepository,
  createRepository,
  type EcrApi,
  putLifecyclePolicy,
  type RepositoryId,
  type RepositorySettings,
  type SettingsReview,
} from '@mlops-actions/ecr'
import type { ActionResult, ActionWorld } from '@mlops-actions/runner'
import type { Inputs } from './inputs.ts'
import { insideWorkspace } from './paths.ts'
import { policyTrouble } from './repository-values.ts'

/** No text of a policy is as long in bytes, whatever its letters. */
const MOST_BYTES = 200_000

/** What the inputs ask of the repository; undefined where it is to be taken as it is. */
export async function readSettings(
  inputs: Inputs,
  workspace: string,
): Promise<RepositorySettings | undefined> {
  if (!inputs.createRepository) return undefined
  const { tagMutability, tagMutabilityExclusions, encryption, kmsKey, repositoryTags } = inputs
  return {
    tagMutability,
    exclusions: tagMutabilityExclusions,
    encryption,
    kmsKey,
    tags: repositoryTags,
    lifecyclePolicy: await readPolicy(inputs.lifecyclePolicy, workspace),
  }
}

async function readPolicy(given: Inputs['lifecyclePolicy'], workspace: string): Promise<string | undefined> {
  if (given?.kind !== 'file') return given?.text
  const file = await insideWorkspace(workspace, given.path, { input: 'lifecycle-policy', kind: 'file' })
  const { size } = await stat(file)
  const text = size > MOST_BYTES ? '' : await readFile(file, 'utf8')
  const trouble = size > MOST_BYTES ? `has ${size.toLocaleString('en-US')} bytes` : policyTrouble(text)
  if (trouble === undefined) return text
  throw wrongInput('lifecycle-policy', {
    code: 'LIFECYCLE_POLICY',
    seen: `${given.path} ${trouble}`,
    next: 'Give a lifecycle policy of ECR: JSON of at most 30,720 characters with a list of `rules`',
  })
}

/** Asked beside everything else; undefined where there is no repository, or nobody asked for anything. */
export async function reviewSettings(
  world: ActionWorld,
  ecr: EcrApi,
  repository: RepositoryId,
  settings: RepositorySettings | undefined,
): Promise<SettingsReview | undefined> {
  return settings === undefined ? undefined : compareRepository(world, ecr, repository, settings)
}

/**
 * Creates the repository as it is wanted. One that another job has made a moment ago is compared, but for its lifecycle
 * policy, which that job may be about to set.
 */
export async function createWanted(
  world: ActionWorld,
  ecr: EcrApi,
  repository: RepositoryId,
  settings: RepositorySettings,
): Promise<{ readonly created: boolean; readonly review: SettingsReview | undefined }> {
  const { lifecyclePolicy, ...others } = settings
  if (!(await createRepository(world, ecr, repository, settings)))
    return { created: false, review: await compareRepository(world, ecr, repository, others) }
  world.log.info(`Created the repository ${repository.name}`)
  if (lifecyclePolicy !== undefined) await putLifecyclePolicy(world, ecr, repository, lifecyclePolicy)
  return { created: true, review: undefined }
}

/** Says in the log what is another than was asked for. */
export function warnOf(
  { name }: RepositoryId,
  { differences, notes }: SettingsReview,
  world: ActionWorld,
): void {
  for (const { setting, wanted, found } of differences)
    world.log.warn(
      `The repository ${name} exists, and is left as it is: \`${setting}\` asks for ${wanted}, it has ${found}`,
    )
  for (const note of notes) world.log.info(note)
}

/** The result with what the repository is that it was not asked to be. */
export function withSettings(result: ActionResult, review: SettingsReview | undefined): ActionResult {
  if (review === undefined) return result
  const { differences, notes } = review
  if (differences.length === 0 && notes.length === 0) return result
  const report: JsonValue = { differences: differences.map((one) => ({ ...one })), notes }
  return {
    ...result,
    summary: [result.summary, '', ...section(review)].join('\n'),
    report: { ...Object(result.report), 'repository-settings': report },
  }
}

function section({ differences, notes }: SettingsReview): string[] {
  return [
    '### Repository',
    '',
    ...(differences.length === 0
      ? []
      : [
          '⚠️ It exists, and is left as it is; it differs from what this step asks for.',
          '',
          '| setting | asked for | it has |',
          '|:--|:--|:--|',
          ...differences.map(
            ({ setting, wanted, found }) =>
              `| ${inlineCode(setting)} | ${inlineCode(wanted)} | ${inlineCode(found)} |`,
          ),
          '',
        ]),
    ...notes.flatMap((note) => [adviceMarkdown(note), '']),
  ]
}
