import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Failure, type JsonValue, messageOf } from '@mlops-actions/diagnostics'
import {
  checkPipeline,
  digestOf,
  type Kfp,
  type NewRun,
  type Pipeline,
  parsePipeline,
  type RunIdentity,
  resolveParameters,
  resolveVersion,
} from '@mlops-actions/kfp'
import type { RunContext } from '@mlops-actions/runner'
import type { Inputs } from './inputs.ts'

/** What is to be run, checked as far as it can be without submitting it. */
export interface Submission {
  readonly pipeline: string
  /** Where the pipeline comes from: the digest of its file, or its version. */
  readonly source: Readonly<Record<string, string>>
  readonly parameters: Readonly<Record<string, JsonValue>>
  readonly identity: Omit<RunIdentity, 'generation'>
  /** The body of the run, but for its id and experiment. */
  readonly body: Omit<NewRun, 'run_id' | 'experiment_id'>
}

/** @throws Failure `config` for a pipeline or parameters that the server would refuse, `not-found` for an unknown pipeline */
export async function prepareSubmission(inputs: Inputs, kfp: Kfp, context: RunContext): Promise<Submission> {
  const { pipeline, source, reference } = await readSource(inputs, kfp, context.workspace)
  const parameters = resolveParameters(pipeline, inputs.parameters)
  const { serviceAccount, pipelineRoot, namespace, experiment } = inputs
  const content = digestOf({
    url: inputs.url,
    namespace,
    experiment,
    source,
    parameters,
    serviceAccount,
    pipelineRoot,
  })
  return {
    pipeline: pipeline.name,
    source,
    parameters,
    identity: { repository: context.repository, runId: context.runId, job: context.job, content },
    body: {
      display_name: (inputs.runName ?? nameOf(pipeline, context)).slice(0, 128),
      description: [context.runUrl, context.sha].filter((part) => part !== '').join(' '),
      ...reference,
      runtime_config: { parameters, ...(pipelineRoot === undefined ? {} : { pipeline_root: pipelineRoot }) },
      ...(serviceAccount === undefined ? {} : { service_account: serviceAccount }),
    },
  }
}

interface Source {
  readonly pipeline: Pipeline
  readonly source: Readonly<Record<string, string>>
  readonly reference: Pick<NewRun, 'pipeline_spec' | 'pipeline_version_reference'>
}

async function readSource(inputs: Inputs, kfp: Kfp, workspace: string): Promise<Source> {
  const { pipelineFile, pipeline: name = '', pipelineVersion, namespace } = inputs
  if (pipelineFile !== undefined) {
    const text = await readText(resolve(workspace, pipelineFile), pipelineFile)
    const pipeline = parsePipeline(text, pipelineFile)
    const source = { file: pipelineFile, sha256: createHash('sha256').update(text).digest('hex') }
    return { pipeline, source, reference: { pipeline_spec: pipeline.spec } }
  }
  const version = await resolveVersion(kfp, name, pipelineVersion, namespace)
  const { pipeline_id, pipeline_version_id, display_name } = version
  return {
    pipeline: checkPipeline(
      version.pipeline_spec,
      `pipeline ${name}, version ${display_name || version.name}`,
    ),
    source: { name, version: display_name || version.name, id: pipeline_version_id },
    // By reference, so that the answers to polling do not carry the whole pipeline.
    reference: { pipeline_version_reference: { pipeline_id, pipeline_version_id } },
  }
}

function nameOf({ name }: Pipeline, { repository, runId }: RunContext): string {
  return repository === '' ? name : `${name} · ${repository} run ${runId}`
}

async function readText(path: string, given: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw new Failure({
      kind: 'config',
      code: 'KFP_PIPELINE_FILE',
      what: 'Cannot read the pipeline',
      on: given,
      seen: messageOf(cause),
      next: 'Give the path of a compiled pipeline below the workspace; a checkout has to come before this step',
      cause,
    })
  }
}
