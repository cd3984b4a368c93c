import { Failure, messageOf } from '@mlops-actions/diagnostics'
import { parseAllDocuments } from 'yaml'
import { member, type Pipeline, readPipeline } from './pipeline.wire.ts'

/** The server refuses larger uploads (reference 1.4); far larger than any pipeline that people write. */
const MAX_BYTES = 32 * 1024 * 1024
const SCHEMA_VERSION = '2.1.0'
const COMPILE = 'kfp dsl compile --py pipeline.py --output pipeline.yaml'

/**
 * Reads a compiled pipeline. One document is the IR, one may be its platform spec, others do not count
 * (template/v2_template.go); Kubernetes manifests of a PipelineVersion carry both inside.
 * @param path for the failure only
 * @throws Failure `config` that says what the file is instead, and what to do with it
 */
export function parsePipeline(text: string, path: string): Pipeline {
  const documents = readDocuments(text, path)
  const foreign = documents.map(adviceFor).find((advice) => advice !== undefined)
  if (foreign !== undefined) throw refuse(path, foreign.seen, foreign.next)
  const values = documents.map(unwrapManifest)
  const specs = values.filter(isSpecDocument)
  const platforms = values.filter(isPlatformDocument)
  if (specs.length !== 1 || platforms.length > 1) throw wrongDocuments(path, specs.length, platforms.length)
  const [spec] = specs
  const [platform] = platforms
  return checkPipeline(platform === undefined ? spec : { pipeline_spec: spec, platform_spec: platform }, path)
}

/**
 * Checks what a version of an uploaded pipeline holds, or what a file does.
 * @throws Failure `config`
 */
export function checkPipeline(value: unknown, path: string): Pipeline {
  const pipeline = readOrRefuse(value, path)
  if (pipeline.schemaVersion !== SCHEMA_VERSION) {
    const seen = `it has schemaVersion ${pipeline.schemaVersion || '(none)'}, and KFP reads ${SCHEMA_VERSION}`
    throw refuse(path, seen, `Compile it again with kfp 2.x: ${COMPILE}`)
  }
  const [artifact] = pipeline.requiredArtifacts
  if (artifact !== undefined) {
    throw refuse(
      path,
      `its input artifact ${artifact} is not optional, and a run can only be given parameters`,
      'Import the artifact in the pipeline (dsl.importer) from a parameter with its URI',
    )
  }
  return pipeline
}

function readOrRefuse(value: unknown, path: string): ReturnType<typeof readPipeline> {
  try {
    return readPipeline(value)
  } catch (error) {
    throw refuse(path, messageOf(error), `Compile the pipeline with kfp 2.x: ${COMPILE}`)
  }
}

function readDocuments(text: string, path: string): readonly unknown[] {
  if (Buffer.byteLength(text) > MAX_BYTES)
    throw refuse(path, 'it is larger than the 32 MiB that KFP takes', 'Move data out of the pipeline')
  if (looksLikePython(text))
    throw refuse(path, 'it is Python source, not a compiled pipeline', `Compile it: ${COMPILE}`)
  if (/^PK\u0003\u0004|^\u001f/.test(text))
    throw refuse(path, 'it is an archive', 'Give the YAML file inside, pipeline.yaml')
  try {
    const documents = parseAllDocuments(text)
    if (documents.length === 0) throw new Error('the file is empty')
    const [problem] = documents.flatMap(({ errors }) => errors)
    if (problem !== undefined) throw problem
    return documents.map((document): unknown => document.toJS({ maxAliasCount: 100 }))
  } catch (error) {
    throw refuse(path, messageOf(error), 'Give a compiled pipeline as YAML or JSON')
  }
}

function looksLikePython(text: string): boolean {
  return /^(from\s+kfp[\s.]|import\s+kfp\b|@(?:kfp\.)?dsl\.(?:pipeline|component)|@component\b)/m.test(text)
}

interface Advice {
  readonly seen: string
  readonly next: string
}

function adviceFor(document: unknown): Advice | undefined {
  const apiVersion = String(member(document, 'apiVersion') ?? '')
  const kind = String(member(document, 'kind') ?? '')
  if (apiVersion.startsWith('argoproj.io/'))
    return {
      seen: `it is an Argo ${kind}, the format of kfp 1.x`,
      next: `Compile the pipeline with kfp 2.x: ${COMPILE}`,
    }
  if (apiVersion.startsWith('tekton.dev/'))
    return { seen: `it is a Tekton ${kind}`, next: `Compile the pipeline with kfp 2.x: ${COMPILE}` }
  if (apiVersion.startsWith('pipelines.kubeflow.org/') && kind === 'Pipeline')
    return {
      seen: 'it is the Kubernetes manifest of a Pipeline, which holds no tasks',
      next: 'Give the manifest of its PipelineVersion, or the compiled pipeline',
    }
  return undefined
}

/** `kind: PipelineVersion`, Kubernetes-native KFP: IR and platform spec below `spec`. */
function unwrapManifest(document: unknown): unknown {
  if (!String(member(document, 'apiVersion') ?? '').startsWith('pipelines.kubeflow.org/')) return document
  const spec = member(document, 'spec')
  const pipeline = member(spec, 'pipelineSpec')
  const platform = member(spec, 'platformSpec')
  return platform === undefined ? pipeline : { pipeline_spec: pipeline, platform_spec: platform }
}

function isSpecDocument(document: unknown): boolean {
  const spec = member(document, 'pipeline_spec') ?? document
  return member(member(spec, 'pipelineInfo'), 'name') !== undefined && member(spec, 'root') !== undefined
}

function isPlatformDocument(document: unknown): boolean {
  return member(member(document, 'platforms'), 'kubernetes') !== undefined
}

function wrongDocuments(path: string, specs: number, platforms: number): Failure {
  const next = `Compile the pipeline with kfp 2.x: ${COMPILE}`
  if (specs === 0) return refuse(path, 'no document in it has pipelineInfo.name and root', next)
  const seen = specs > 1 ? `it holds ${specs} pipelines` : `it holds ${platforms} platform specs`
  return refuse(path, seen, 'Give one pipeline with at most one platform spec')
}

function refuse(path: string, seen: string, next: string): Failure {
  return new Failure({
    kind: 'config',
    code: 'KFP_PIPELINE_FILE',
    what: 'Cannot submit the pipeline',
    on: path,
    seen,
    next,
  })
}
