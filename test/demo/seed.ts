import type { Sandbox } from '@mlops-actions/sandbox'
import {
  createApplication,
  type Deployed,
  prepareNamespace,
  SERVICE,
  untilDeployed,
  writeManifests,
} from './cluster.ts'
import type { DvcObject, TrackedFolder } from './dvc-files.ts'
import { buildImage } from './images.ts'
import type { Machine } from './machine.ts'
import { commitAndPush, type Desk, generateData, layDesk, trainModel } from './product.ts'
import { putObject } from './s3.ts'

/** The company before the story begins: v1 is in production and healthy. */
export interface Company {
  readonly sandbox: Sandbox
  readonly desk: Desk
  /** Commit of the product that v1 was made from. */
  readonly commit: string
  /** Commit of the GitOps repository that deploys v1. */
  readonly gitopsCommit: string
  readonly metrics: Readonly<Record<string, number>>
  readonly image: string
  readonly trainingImage: string
  readonly storageUri: string
  readonly deployed: Deployed
}

/** v1 was trained early, on few customers; v2 will be trained on all there are now. */
const FIRST = { rows: 600, epochs: 2 }

/** Makes v1 by hand, step by step, as it was done before there was a flow. */
export async function seedCompany(
  sandbox: Sandbox,
  machine: Machine,
  root: string,
  signal: AbortSignal,
): Promise<Company> {
  const desk = await layDesk(sandbox, machine, root)
  const data = await generateData(desk, FIRST.rows)
  const model = await trainModel(desk, FIRST.epochs)
  pushObjects(sandbox, [...data.objects, ...model.objects])
  const storageUri = publishModel(sandbox, model)
  const commit = await commitAndPush(desk, 'churn v1')
  const [image, trainingImage] = await Promise.all([
    buildImage(desk, { repository: 'churn', tag: commit, dockerfile: 'Dockerfile' }),
    buildImage(desk, { repository: 'churn-training', tag: commit, dockerfile: 'training/Dockerfile' }),
  ])
  const gitopsCommit = await writeManifests(desk, image, storageUri, 'churn v1')
  prepareNamespace(sandbox)
  createApplication(sandbox)
  const deployed = await untilDeployed(sandbox, gitopsCommit, signal)
  const made = { image, trainingImage, storageUri, metrics: model.metrics }
  return { sandbox, desk, commit, gitopsCommit, ...made, deployed }
}

/** What `dvc push` does, by the documented layout: content under its hash. */
export function pushObjects(sandbox: Sandbox, objects: readonly DvcObject[]): void {
  for (const { key, body } of objects) putObject(sandbox, `churn/dvc/${key}`, body)
}

/** Real names below a prefix that says which model it is: the only form that KServe can serve. */
function publishModel(sandbox: Sandbox, { md5, files }: TrackedFolder): string {
  const prefix = `published/${SERVICE}/${md5.replace('.dir', '')}/`
  for (const { relpath, body } of files) putObject(sandbox, `${prefix}${relpath}`, body)
  return `s3://${sandbox.bucket}/${prefix}`
}
