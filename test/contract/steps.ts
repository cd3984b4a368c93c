import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { DOCKER_BIN_DIRECTORY } from '@mlops-actions/sandbox/docker'

/** What a step of one action needs to get as far as talking to a server. */
export interface Step {
  readonly inputs: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  /** Files of the workspace. */
  readonly files?: Readonly<Record<string, string>>
}

/** A value that nothing but a mask command may show. */
export const CANARY = 'canary_7f3a-9*b/"c+d=e_F-g*h'

const COMMIT = '4f2c9e1f0a4f2c9e1f0a4f2c9e1f0a4f2c9e1f0a'
const AWS = {
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: CANARY,
  AWS_SESSION_TOKEN: CANARY,
  AWS_REGION: 'us-east-1',
}

/** The other way of bump-kserve-image to its branch: the API of the GitHub whose workflow it is. */
export const BUMP_BY_API = (url: string): Step => ({
  inputs: { repository: 'octo/gitops', file: 'churn.yaml', image: 'r.example/churn:1', token: CANARY },
  env: { GITHUB_SERVER_URL: url, GITHUB_API_URL: `${url}/api/v3`, GITHUB_GRAPHQL_URL: `${url}/api/graphql` },
})

/** One step for every action that talks to a server at `url`. */
export const STEPS: Readonly<Record<string, (url: string) => Step>> = {
  'bump-kserve-image': (url) => ({
    inputs: {
      repository: `${url}/octo/gitops.git`,
      file: 'churn.yaml',
      image: 'r.example/churn:1',
      token: CANARY,
    },
  }),
  'wait-argocd-sync': (url) => ({
    inputs: { url, token: CANARY, application: 'churn', revision: COMMIT, settle: '0s' },
  }),
  'kserve-health-check': (url) => ({
    inputs: {
      name: 'churn',
      namespace: 'ml',
      'kubernetes-server': url,
      'kubernetes-token': CANARY,
      'expected-image': 'r.example/churn:1',
      settle: '0s',
      interval: '200ms',
    },
  }),
  'kfp-run-and-wait': (url) => ({
    inputs: { url, token: CANARY, 'pipeline-file': 'pipeline.yaml' },
    files: { 'pipeline.yaml': PIPELINE },
  }),
  'dvc-push': (url) => ({
    inputs: { path: '.' },
    env: AWS,
    files: {
      '.dvc/config': `[core]\n    remote = s\n['remote "s"']\n    url = s3://ml-prod/dvc\n    endpointurl = ${url}\n`,
      'model.dvc': 'outs:\n- md5: acbd18db4cc2f85cedef654fccc4a4d8\n  size: 3\n  hash: md5\n  path: model\n',
      model: 'foo',
    },
  }),
  'dvc-pull': (url) => ({
    inputs: { path: '.' },
    env: AWS,
    files: {
      '.dvc/config': `[core]\n    remote = s\n['remote "s"']\n    url = s3://ml-prod/dvc\n    endpointurl = ${url}\n`,
      'model.dvc': 'outs:\n- md5: acbd18db4cc2f85cedef654fccc4a4d8\n  size: 3\n  hash: md5\n  path: model\n',
    },
  }),
  'ecr-build-push': (url) => ({
    inputs: { repository: 'churn', tags: 'v1', context: '.' },
    // The stand-in, so that this needs no Docker.
    env: {
      ...AWS,
      AWS_ENDPOINT_URL_ECR: url,
      PATH: `${DOCKER_BIN_DIRECTORY}${delimiter}${process.env['PATH']}`,
    },
    files: { Dockerfile: 'FROM scratch\nCOPY Dockerfile /\n' },
  }),
  'ecr-promote': (url) => ({
    inputs: { image: `${new URL(url).host}/staging/churn:v1`, repository: 'prod/churn', tags: 'v1' },
    env: { ...AWS, AWS_ENDPOINT_URL_ECR: url },
  }),
}

const PIPELINE = `pipelineInfo:
  name: one
schemaVersion: 2.1.0
sdkVersion: kfp-2.14.3
components:
  comp-a:
    executorLabel: exec-a
deploymentSpec:
  executors:
    exec-a:
      container:
        image: r.example/a:1
        command: [python3]
root:
  dag:
    tasks:
      a:
        componentRef:
          name: comp-a
        taskInfo:
          name: a
`

/** A workspace with these files; the caller removes it. */
export async function workspaceOf({ files = {} }: Step): Promise<string> {
  const workspace = await mkdtemp(join(tmpdir(), 'workspace-'))
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(workspace, path, '..'), { recursive: true })
    await writeFile(join(workspace, path), text)
  }
  return workspace
}
