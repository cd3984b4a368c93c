import { gunzipSync } from 'node:zlib'
import type { SandboxRequest, SandboxResponse } from '../server.ts'
import type { KfpCall, KfpHandler } from './call.ts'
import { KfpError, respondJson, respondPlainError } from './errors.ts'
import { InvalidPipelineSpec, type PipelineIr, parsePackage } from './ir.wire.ts'
import { addPipeline, addVersion, findPipeline } from './pipelines.ts'
import { presentPipeline, presentVersion } from './present.ts'

const LARGEST = 32 * 1024 * 1024

interface UploadedFile {
  readonly name: string
  readonly content: Buffer
}

/** Creates a pipeline and its first version, which bears its name (pipeline_upload_server.go). */
export const uploadPipeline: KfpHandler = (call) =>
  guard('Failed to create a pipeline', () => {
    const file = readUpload(call.request)
    const ir = parseUpload(file)
    const names = readNames(call, file.name)
    const namespace = call.request.query.get('namespace') ?? ''
    const pipeline = addPipeline(call, { ...names, namespace })
    addVersion(call, pipeline.id, names, ir)
    return respondJson(200, presentPipeline(pipeline))
  })

export const uploadVersion: KfpHandler = (call) =>
  guard('Failed to create a pipeline version', () => {
    const file = readUpload(call.request)
    const ir = parseUpload(file)
    const pipelineId = call.request.query.get('pipelineid') ?? ''
    if (pipelineId === '')
      throw new KfpError('InvalidArgument', 'Please specify a pipeline id when uploading a version')
    findPipeline(call, pipelineId)
    return respondJson(200, presentVersion(addVersion(call, pipelineId, readNames(call, file.name), ir)))
  })

const STATUSES: Readonly<Record<string, number>> = { InvalidArgument: 400, NotFound: 404, AlreadyExists: 409 }

function guard(what: string, act: () => SandboxResponse): SandboxResponse {
  try {
    return act()
  } catch (error) {
    if (error instanceof InvalidPipelineSpec) {
      return respondPlainError(400, what, `${what}: Invalid input error: ${error.message}`)
    }
    if (!(error instanceof KfpError)) throw error
    return respondPlainError(STATUSES[error.code] ?? 500, error.message, `${what}: ${error.message}`)
  }
}

function readNames(
  call: KfpCall,
  fileName: string,
): { name: string; displayName: string; description: string } {
  const { query } = call.request
  const name = query.get('name') || query.get('display_name') || fileName
  if (name.length > 128) throw new KfpError('InvalidArgument', 'pipeline name is longer than 128 characters')
  return {
    name,
    displayName: query.get('display_name') || name,
    description: query.get('description') ?? '',
  }
}

function readUpload(request: SandboxRequest): UploadedFile {
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)"?/i.exec(
    request.headers['content-type'] ?? '',
  )?.[1]
  const part = boundary === undefined ? undefined : findPart(request.body, boundary)
  if (!part)
    throw new KfpError('InvalidArgument', 'Failed to read the pipeline from file: http: no such file')
  if (part.content.length > LARGEST)
    throw new KfpError('InvalidArgument', 'File size too large. Maximum supported file size: 33554432')
  return part
}

/** The part named `uploadfile`, RFC 7578; latin1 keeps every byte of the content. */
function findPart(body: Buffer, boundary: string): UploadedFile | undefined {
  for (const part of `\r\n${body.toString('latin1')}`.split(`\r\n--${boundary}`)) {
    const [, head = '', content = ''] = /^\r\n(.*?)\r\n\r\n(.*)$/s.exec(part) ?? []
    if (!/name="?uploadfile"?(;|\r|$)/i.test(head)) continue
    const name = /filename="([^"]*)"/i.exec(head)?.[1] ?? ''
    return { name: Buffer.from(name, 'latin1').toString('utf8'), content: Buffer.from(content, 'latin1') }
  }
  return undefined
}

/** The file's name decides: YAML or JSON by its ending, an archive by its first bytes. */
function parseUpload({ name, content }: UploadedFile): PipelineIr {
  if (/\.(ya?ml|json)$/i.test(name)) return parsePackage(content.toString('utf8'))
  if (content[0] === 0x1f && content[1] === 0x8b) return parsePackage(readTar(gunzipSync(content)))
  throw new KfpError(
    'InvalidArgument',
    'Unexpected pipeline file format. Support .zip, .tar.gz, .json or YAML',
  )
}

/** The first regular YAML file of a ustar archive. */
function readTar(archive: Buffer): string {
  for (let offset = 0; offset + 512 <= archive.length; ) {
    const header = archive.subarray(offset, offset + 512)
    const name = header.subarray(0, 100).toString('utf8').replace(/\0.*$/s, '')
    const size = Number.parseInt(header.subarray(124, 136).toString('ascii'), 8) || 0
    if (/\.ya?ml$/i.test(name)) return archive.subarray(offset + 512, offset + 512 + size).toString('utf8')
    offset += 512 + Math.ceil(size / 512) * 512
  }
  throw new KfpError('InvalidArgument', 'The archive holds no pipeline.yaml')
}
