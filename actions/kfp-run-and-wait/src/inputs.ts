import {
  boolean,
  common,
  defineInputs,
  duration,
  type InputsOf,
  keyValues,
  secret,
  text,
  url,
} from '@mlops-actions/runner'

export const inputs = defineInputs(
  {
    url: url({ required: true }),
    token: secret(),
    'pipeline-file': text(),
    pipeline: text(),
    'pipeline-version': text(),
    experiment: text({ default: 'Default' }),
    'run-name': text(),
    namespace: text({ default: '' }),
    parameters: keyValues(),
    'service-account': text(),
    'pipeline-root': text(),
    gate: text({ default: '' }),
    champion: text(),
    'mlflow-url': url(),
    'mlflow-token': secret(),
    'model-name': text(),
    'champion-alias': text({ default: 'champion' }),
    download: keyValues(),
    'aws-region': common.storeRegion(),
    'role-to-assume': common.roleToAssume(),
    'on-cancel': common.onCancel('terminate'),
    'include-pod-logs': boolean({ default: 'false' }),
    interval: duration(),
    timeout: common.timeout('5h'),
    'request-timeout': common.requestTimeout(),
    'ca-cert': common.caCert(),
    'extra-headers': common.extraHeaders(),
    'dry-run': common.dryRun(),
    summary: common.summary(),
  },
  (given, problem) => {
    const { pipelineFile, pipeline, pipelineVersion, champion, mlflowUrl, modelName } = given
    if (pipelineFile === undefined && pipeline === undefined)
      problem('pipeline-file', 'give it, or the name of an uploaded `pipeline`')
    if (pipelineFile !== undefined && pipeline !== undefined)
      problem('pipeline', 'give either it or `pipeline-file`, not both')
    if (pipelineVersion !== undefined && pipeline === undefined)
      problem('pipeline-version', 'means a version of an uploaded `pipeline`; give its name')
    if (champion !== undefined && modelName !== undefined)
      problem('champion', 'give either it or `model-name`, not both')
    if (modelName !== undefined && mlflowUrl === undefined)
      problem('model-name', 'needs the `mlflow-url` of the registry')
    if (given.interval !== undefined && given.interval < 100) problem('interval', 'want at least 100ms')
    for (const [artifact, path] of given.download)
      if (path === '') problem('download', `${artifact}: want artifact=path`)
  },
)

export type Inputs = InputsOf<typeof inputs.fields>
