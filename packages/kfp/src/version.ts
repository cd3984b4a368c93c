import { Failure } from '@mlops-actions/diagnostics'
import type { PipelineVersion } from './api.wire.ts'
import type { Kfp } from './client.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * A version of a pipeline that was uploaded before: by name or id, or the newest.
 * @throws Failure `not-found`
 */
export async function resolveVersion(
  kfp: Kfp,
  pipeline: string,
  version: string | undefined,
  namespace: string,
): Promise<PipelineVersion & { readonly pipeline_id: string }> {
  const found =
    (await kfp.findPipeline(pipeline, namespace)) ??
    // Shared pipelines belong to no namespace.
    (namespace === '' ? undefined : await kfp.findPipeline(pipeline, ''))
  if (found === undefined) throw missing(kfp, `pipeline ${pipeline}`, namespace)
  const { pipeline_id } = found
  const chosen =
    version === undefined ? await kfp.latestVersion(pipeline_id) : await byName(kfp, pipeline_id, version)
  if (chosen === undefined) throw missing(kfp, `version ${version ?? ''} of pipeline ${pipeline}`, namespace)
  return { ...chosen, pipeline_id }
}

async function byName(kfp: Kfp, pipelineId: string, version: string): Promise<PipelineVersion | undefined> {
  const named = await kfp.findVersion(pipelineId, version)
  if (named !== undefined || !UUID.test(version)) return named
  return kfp.version(pipelineId, version)
}

function missing({ address }: Kfp, what: string, namespace: string): Failure {
  return new Failure({
    kind: 'not-found',
    code: 'KFP_NOT_FOUND',
    what: 'Cannot submit the pipeline',
    on: `${what} on ${new URL(address.api).host}`,
    seen: namespace === '' ? 'there is none' : `there is none, neither in ${namespace} nor shared`,
    next: 'Check the name, or give the compiled pipeline as pipeline-file',
  })
}
