import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parsePipeline } from '../src/index.ts'

const product = readFileSync(
  join(import.meta.dirname, '../../../test/product/pipeline/pipeline.yaml'),
  'utf8',
)
const IR = 'pipelineInfo: {name: p}\nschemaVersion: 2.1.0\nroot: {dag: {tasks: {}}}\n'
const PLATFORM = 'platforms: {kubernetes: {deploymentSpec: {executors: {}}}}\n'

describe('a compiled pipeline', () => {
  test('by kfp 2 is read with its parameters', () => {
    const pipeline = parsePipeline(product, 'pipeline.yaml')
    expect(pipeline.name).toBe('churn-training')
    expect([...pipeline.parameters].map(([name, { type, required }]) => [name, type, required])).toEqual([
      ['data_uri', 'STRING', true],
      ['epochs', 'NUMBER_INTEGER', false],
      ['image', 'STRING', true],
      ['learning_rate', 'NUMBER_DOUBLE', false],
      ['min_rows', 'NUMBER_INTEGER', false],
      ['mlflow_uri', 'STRING', false],
      ['seed', 'NUMBER_INTEGER', false],
    ])
  })

  test.each([
    ['alone', IR, { pipelineInfo: { name: 'p' } }],
    [
      'as JSON',
      '{"pipelineInfo":{"name":"p"},"schemaVersion":"2.1.0","root":{}}',
      { pipelineInfo: { name: 'p' } },
    ],
    [
      'with a platform spec',
      `${IR}---\n${PLATFORM}`,
      { pipeline_spec: { pipelineInfo: { name: 'p' } }, platform_spec: { platforms: {} } },
    ],
    ['among other documents', `note: x\n---\n${IR}---\n`, { pipelineInfo: { name: 'p' } }],
    [
      'inside the manifest of a PipelineVersion',
      `apiVersion: pipelines.kubeflow.org/v2beta1\nkind: PipelineVersion\nspec:\n  pipelineSpec: {pipelineInfo: {name: p}, schemaVersion: 2.1.0, root: {}}\n`,
      { pipelineInfo: { name: 'p' } },
    ],
  ])('%s is submitted as it is', (_how, text, spec) => {
    expect(parsePipeline(text, 'p.yaml').spec).toMatchObject(spec)
  })

  test('a default of false, 0 or nothing makes a parameter optional', () => {
    const parameters =
      '{a: {parameterType: BOOLEAN, defaultValue: false}, b: {parameterType: STRING, defaultValue: ""}, c: {parameterType: STRING}}'
    const text = `pipelineInfo: {name: p}\nschemaVersion: 2.1.0\nroot: {inputDefinitions: {parameters: ${parameters}}}\n`
    const specs = [...parsePipeline(text, 'p').parameters].map(([name, { required }]) => [name, required])
    expect(specs).toEqual([
      ['a', false],
      ['b', false],
      ['c', true],
    ])
  })
})

test.each([
  [
    'apiVersion: argoproj.io/v1alpha1\nkind: Workflow\n',
    'an Argo Workflow, the format of kfp 1.x',
    'kfp dsl compile',
  ],
  ['apiVersion: tekton.dev/v1\nkind: PipelineRun\n', 'a Tekton PipelineRun', 'kfp dsl compile'],
  [
    'apiVersion: pipelines.kubeflow.org/v2beta1\nkind: Pipeline\n',
    'manifest of a Pipeline',
    'PipelineVersion',
  ],
  ['from kfp import dsl\n\n@dsl.pipeline\ndef p(): ...\n', 'Python source', 'kfp dsl compile'],
  ['PK\u0003\u0004xxxx', 'an archive', 'pipeline.yaml'],
  ['', 'empty', 'YAML'],
  ['a: b: c', 'Nested mappings', 'YAML'],
  ['a: 1\n', 'no document in it has pipelineInfo.name', 'kfp dsl compile'],
  [`${IR}---\n${IR}`, 'it holds 2 pipelines', 'Give one pipeline'],
  [`${IR}---\n${PLATFORM}---\n${PLATFORM}`, 'it holds 2 platform specs', 'Give one pipeline'],
  [IR.replace('2.1.0', '2.0.0'), 'schemaVersion 2.0.0', 'Compile it again'],
  [
    'pipelineInfo: {name: p}\nschemaVersion: 2.1.0\nroot: {inputDefinitions: {artifacts: {data: {}}}}\n',
    'input artifact data is not optional',
    'dsl.importer',
  ],
  [
    `a: &a [x]\n${Array.from(
      { length: 9 },
      (_, i) =>
        `k${i}: &b${i} [${Array(9)
          .fill(i === 0 ? '*a' : `*b${i - 1}`)
          .join(', ')}]`,
    ).join('\n')}\n`,
    'alias',
    'YAML',
  ],
])('%j is refused: %s', (text, seen, next) => {
  expect(() => parsePipeline(text, 'p.yaml')).toThrow(
    expect.objectContaining({
      kind: 'config',
      details: expect.objectContaining({
        seen: expect.stringContaining(seen),
        next: expect.stringContaining(next),
      }),
    }),
  )
})
