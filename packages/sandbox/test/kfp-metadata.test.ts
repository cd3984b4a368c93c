import { afterEach, describe, expect, test } from '@jest/globals'
import type { KfpServer, KfpWorkflow } from '../src/kfp/index.ts'
import { at, listAt, textAt } from '../src/kfp/json.wire.ts'
import { closeAll, settled, shellPipeline, start, v2 } from './kfp-server.ts'

afterEach(closeAll)

const OUTPUTS = {
  artifacts: {
    metrics: { artifactType: { schemaTitle: 'system.Metrics' } },
    model: { artifactType: { schemaTitle: 'system.Model' } },
  },
  parameters: { accuracy: { parameterType: 'NUMBER_DOUBLE' } },
}

const REPORT = JSON.stringify({
  artifacts: {
    metrics: { artifacts: [{ metadata: { accuracy: 0.875, rows: 500, note: 'good', ok: true } }] },
  },
})

/** Reports metrics in the ExecutorOutput file, writes a model and an output parameter. */
const TRAIN = shellPipeline({
  train: {
    outputs: OUTPUTS,
    script: [
      `printf 0.875 > "{{$.outputs.parameters['accuracy'].output_file}}"`,
      `mkdir -p "{{$.outputs.artifacts['model'].path}}" && echo w > "{{$.outputs.artifacts['model'].path}}/weights"`,
      `root=$(dirname "{{$.outputs.parameters['accuracy'].output_file}}")`,
      `printf '%s' '${REPORT}' > "$root/../../kfp_outputs/output_metadata.json"`,
    ].join('\n'),
  },
})

async function trained(
  options: Parameters<typeof start>[0] = {},
): Promise<{ server: KfpServer; id: string; workflow: KfpWorkflow }> {
  const server = await start(options)
  const { body } = await v2(server, 'POST', '/runs', { display_name: 'r', pipeline_spec: TRAIN })
  await settled(server)
  const [workflow] = server.state.workflows
  if (!workflow) throw new Error('no workflow was started')
  return { server, id: textAt(body, 'run_id'), workflow }
}

/** A decoder of its own: field number -> every value, varints as numbers, doubles as numbers, the rest as bytes. */
function decode(bytes: Buffer): Map<number, (number | Buffer)[]> {
  const fields = new Map<number, (number | Buffer)[]>()
  let offset = 0
  const varint = (): number => {
    for (let value = 0, scale = 1; ; scale *= 128) {
      const byte = bytes.readUInt8(offset++)
      value += (byte & 127) * scale
      if (byte < 128) return value
    }
  }
  const take = (length: number): Buffer => {
    offset += length
    return bytes.subarray(offset - length, offset)
  }
  while (offset < bytes.length) {
    const tag = varint()
    const kind = tag % 8
    const value = kind === 0 ? varint() : kind === 1 ? take(8).readDoubleLE() : take(varint())
    const field = Math.floor(tag / 8)
    fields.set(field, [...(fields.get(field) ?? []), value])
  }
  return fields
}

function message(bytes: number | Buffer | undefined): Map<number, (number | Buffer)[]> {
  return decode(Buffer.isBuffer(bytes) ? bytes : Buffer.alloc(0))
}

function text(value: number | Buffer | undefined): string {
  return Buffer.isBuffer(value) ? value.toString('utf8') : ''
}

/** A `map<string, Value>` of metadata_store.proto. */
function properties(entries: readonly (number | Buffer)[] = []): Record<string, unknown> {
  const pairs = entries.map((entry) => {
    const fields = message(entry)
    const value = message(fields.get(2)?.[0])
    const plain = value.get(1)?.[0] ?? value.get(2)?.[0]
    return [text(fields.get(1)?.[0]), plain ?? (value.has(3) ? text(value.get(3)?.[0]) : 'struct')]
  })
  return Object.fromEntries(pairs)
}

interface Reply {
  readonly status: string
  readonly fields: Map<number, (number | Buffer)[]>
}

async function ask(server: KfpServer, method: string, request: Buffer): Promise<Reply> {
  const head = Buffer.alloc(5)
  head.writeUInt32BE(request.length, 1)
  const response = await fetch(`${server.url}/ml_metadata.MetadataStoreService/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/grpc-web+proto', 'x-grpc-web': '1' },
    body: Buffer.concat([head, request]),
  })
  expect(response.headers.get('content-type')).toBe('application/grpc-web+proto')
  const bytes = Buffer.from(await response.arrayBuffer())
  const data = bytes.readUInt8(0) === 0x80 ? Buffer.alloc(0) : bytes.subarray(5, 5 + bytes.readUInt32BE(1))
  const trailers = bytes.subarray(data.length === 0 && bytes.readUInt8(0) === 0x80 ? 5 : 10 + data.length)
  return { status: /grpc-status:(\d+)/.exec(trailers.toString())?.[1] ?? '', fields: decode(data) }
}

/** Field numbers and values by hand: 0x0a is field 1 as bytes, 0x12 field 2, 0x08 field 1 as a varint. */
function contextRequest(runId: string): Buffer {
  const type = 'system.PipelineRun'
  return Buffer.concat([
    Buffer.from([0x0a, type.length]),
    Buffer.from(type),
    Buffer.from([0x12, runId.length]),
    Buffer.from(runId),
  ])
}

describe('ML Metadata over grpc-web', () => {
  test('leads from the run to its context, artifacts, executions and events', async () => {
    const { server, id, workflow } = await trained()
    const context = await ask(server, 'GetContextByTypeAndName', contextRequest(id))
    const found = message(context.fields.get(1)?.[0])
    expect([found.get(1), text(found.get(3)?.[0])]).toEqual([[workflow.contextId], id])
    const byContext = Buffer.from([0x08, workflow.contextId ?? 0])
    const artifacts =
      (await ask(server, 'GetArtifactsByContext', byContext)).fields.get(1)?.map(message) ?? []
    expect(artifacts.map((each) => text(each.get(8)?.[0]))).toEqual(['system.Metrics', 'system.Model'])
    expect(properties(artifacts[0]?.get(5))).toEqual({
      display_name: 'metrics',
      accuracy: 0.875,
      rows: 500,
      note: 'good',
      ok: 1,
    })
    expect(text(artifacts[1]?.get(3)?.[0])).toBe(`s3://mlpipeline/v2/artifacts/shell/${id}/train/model`)
    const [execution] =
      (await ask(server, 'GetExecutionsByContext', byContext)).fields.get(1)?.map(message) ?? []
    expect(execution?.get(3)).toEqual([3])
    expect(properties(execution?.get(5))).toMatchObject({
      task_name: 'train',
      outputs: 'struct',
      inputs: 'struct',
    })
    const number = execution?.get(1)?.[0]
    const events = await ask(server, 'GetEventsByExecutionIDs', Buffer.from([0x08, Number(number)]))
    const [event] = events.fields.get(1)?.map(message) ?? []
    expect([event?.get(1), event?.get(2), event?.get(4)]).toEqual([artifacts[0]?.get(1), [number], [4]])
    const step = message(message(event?.get(3)?.[0]).get(1)?.[0])
    expect(text(step.get(2)?.[0])).toBe('metrics')
  })

  test('an unknown run has no context, which is no error', async () => {
    const reply = await ask(await start(), 'GetContextByTypeAndName', contextRequest('none'))
    expect(reply).toEqual({ status: '0', fields: new Map() })
  })

  test('an unknown method is an error of gRPC, not of HTTP', async () => {
    expect((await ask(await start(), 'PutArtifacts', Buffer.alloc(0))).status).toBe('12')
  })

  test('is not there in the generation that has none', async () => {
    const server = await start({ generation: 'next' })
    const response = await fetch(`${server.url}/ml_metadata.MetadataStoreService/GetArtifactsByContext`, {
      method: 'POST',
    })
    expect(response.status).toBe(404)
  })
})

describe('the generation without ML Metadata', () => {
  test('gives tasks with their outputs in the full view; every metric is an artifact of its own', async () => {
    const { server, id } = await trained({ generation: 'next' })
    const { body } = await v2(server, 'GET', `/runs/${id}?view=FULL`)
    const [task] = listAt(body, 'tasks')
    expect(task).toMatchObject({ name: 'train', state: 'SUCCEEDED', type: 'RUNTIME' })
    expect(listAt(task, 'outputs', 'parameters')).toMatchObject([{ parameter_key: 'accuracy', value: 0.875 }])
    const [metrics, model] = listAt(task, 'outputs', 'artifacts')
    expect(listAt(metrics, 'artifacts')).toMatchObject([
      { type: 'Metric', name: 'accuracy', number_value: 0.875 },
      { type: 'Metric', name: 'rows', number_value: 500 },
    ])
    expect(listAt(model, 'artifacts')).toMatchObject([
      { type: 'Model', uri: expect.stringContaining('/train/model') },
    ])
    expect(at(body, 'run_details')).toBeUndefined()
  })

  test('says only how many tasks there are in the default view', async () => {
    const { server, id } = await trained({ generation: 'next' })
    const { body } = await v2(server, 'GET', `/runs/${id}`)
    expect([at(body, 'tasks'), at(body, 'task_count')]).toEqual([undefined, 1])
  })

  test('an older server ignores the wish for a view', async () => {
    const { server, id } = await trained()
    const plain = await v2(server, 'GET', `/runs/${id}`)
    expect((await v2(server, 'GET', `/runs/${id}?view=FULL`)).body).toEqual(plain.body)
  })
})
