import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type KfpOptions, type KfpServer, startKfp } from '@mlops-actions/sandbox/kfp'
import { type MlflowServer, startMlflow } from '@mlops-actions/sandbox/mlflow'

export const IMAGE = 'registry.example/train:1'

/** An installation whose registry holds one image, and a workspace with a pipeline. */
export interface Installation extends AsyncDisposable {
  readonly kfp: KfpServer
  readonly workspace: string
}

export async function install(
  pipeline: object = pipelineOf(TRAIN),
  options: Partial<KfpOptions> = {},
): Promise<Installation> {
  const workspace = await mkdtemp(join(tmpdir(), 'kfp-step-'))
  await writeFile(join(workspace, 'pipeline.yaml'), JSON.stringify(pipeline))
  const kfp = await startKfp({ pullImage, pullBackOff: 20, ...options })
  return {
    kfp,
    workspace,
    [Symbol.asyncDispose]: async () => {
      await kfp.close()
      await rm(workspace, { recursive: true })
    },
  }
}

const pullImage: KfpOptions['pullImage'] = async ({ reference, rootfs }) => {
  if (reference !== IMAGE) throw new Error(`${reference}: not found`)
  await mkdir(rootfs, { recursive: true })
  return { reference, digest: `sha256:${'0'.repeat(64)}`, rootfs, config: {} }
}

/** Measures, writes a model of two files, and reports what its parameter says. */
export const TRAIN = `
import json, os, sys
parameters, model, metadata, outputs = json.loads(sys.argv[1])
os.makedirs(os.path.join(model, 'weights'))
open(os.path.join(model, 'model.json'), 'w').write('{"w": 1}')
open(os.path.join(model, 'weights', 'a.bin'), 'wb').write(bytes(range(256)) * 40)
os.makedirs(os.path.dirname(metadata), exist_ok=True)
metrics = {'accuracy': float(parameters['accuracy']), 'rows': 500}
json.dump({'artifacts': {'metrics': {'artifacts': [{'metadata': metrics}]}}}, open(metadata, 'w'))
os.makedirs(os.path.dirname(outputs), exist_ok=True)
open(outputs, 'w').write('run-of-mlflow')
print('trained')
`

/** A pipeline of one Python task `train` with the parameters accuracy (a number, given as it is), epochs and image. */
export function pipelineOf(script: string): object {
  const parameters = {
    accuracy: { parameterType: 'NUMBER_DOUBLE', defaultValue: 0.9, isOptional: true },
    epochs: { parameterType: 'NUMBER_INTEGER', defaultValue: 3, isOptional: true },
    image: { parameterType: 'STRING', defaultValue: IMAGE, isOptional: true },
  }
  const given = `[{"accuracy": {{$.inputs.parameters['accuracy']}}}, "{{$.outputs.artifacts['model'].path}}", "ROOT/kfp_outputs/output_metadata.json", "{{$.outputs.parameters['mlflow_run_id'].output_file}}"]`
  const shell = `root=$(dirname "{{$.outputs.parameters['mlflow_run_id'].output_file}}")/../..; python3 -IS -c "$0" "$(printf '%s' '${given}' | sed "s|ROOT|$root|")"`
  return {
    pipelineInfo: { name: 'churn' },
    schemaVersion: '2.1.0',
    sdkVersion: 'kfp-2.14.3',
    components: {
      'comp-train': {
        executorLabel: 'exec-train',
        inputDefinitions: { parameters },
        outputDefinitions: {
          artifacts: {
            metrics: { artifactType: { schemaTitle: 'system.Metrics' } },
            model: { artifactType: { schemaTitle: 'system.Model' } },
          },
          parameters: { mlflow_run_id: { parameterType: 'STRING' } },
        },
      },
    },
    deploymentSpec: {
      executors: {
        'exec-train': {
          container: {
            image: "{{$.inputs.parameters['image']}}",
            command: ['sh', '-ec'],
            args: [shell, script],
          },
        },
      },
    },
    root: {
      inputDefinitions: { parameters },
      dag: {
        tasks: {
          train: {
            componentRef: { name: 'comp-train' },
            inputs: {
              parameters: Object.fromEntries(
                Object.keys(parameters).map((key) => [key, { componentInputParameter: key }]),
              ),
            },
          },
        },
      },
    },
  }
}

/** MLflow with a registered model whose alias names a version with this accuracy. */
export async function champion(accuracy: number | string): Promise<MlflowServer> {
  const mlflow = await startMlflow()
  const call = async (path: string, body: object) => {
    const response = await fetch(`${mlflow.url}/api/2.0/mlflow/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return JSON.parse(await response.text())
  }
  const { run } = await call('runs/create', { experiment_id: '0' })
  const run_id: string = run.info.run_id
  await call('runs/log-metric', { run_id, key: 'accuracy', value: accuracy, timestamp: 1, step: 0 })
  await call('registered-models/create', { name: 'churn' })
  await call('model-versions/create', { name: 'churn', source: 's3://ml/churn/1/', run_id })
  await call('registered-models/alias', { name: 'churn', alias: 'champion', version: '1' })
  return mlflow
}
