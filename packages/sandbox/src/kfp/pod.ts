import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type PulledImage, startContainer } from '../containers/index.ts'
import type { KfpCluster } from './cluster.ts'
import type { WorkflowNode } from './workflow.ts'

export interface PodSpec {
  readonly image: string
  readonly command: readonly string[]
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Directory of the task; the image is unpacked below it. */
  readonly directory: string
}

const BACK_OFF_LIMIT = 300_000
const NAME = /^[\w][\w.:/-]*(?:@sha256:[0-9a-f]{64})?$/

/**
 * Runs one pod to its end; the node shows what Argo shows of it: Pending with the reason, Running, and the container's
 * exit. Returns true when the container ended well.
 */
export async function runPod(
  cluster: KfpCluster,
  node: WorkflowNode,
  spec: PodSpec,
  signal: AbortSignal,
): Promise<boolean> {
  const image = await obtainImage(cluster, node, spec, signal)
  if (!image) return false
  node.phase = 'Running'
  node.message = ''
  const container = startContainer({
    rootfs: image.rootfs,
    config: image.config,
    ...(spec.command.length > 0 ? { command: spec.command } : {}),
    args: spec.args,
    env: { ...cluster.env, ...spec.env },
    graceMs: 2_000,
    signal,
  })
  node.logs = () => container.logs()
  const { code } = await container.exited
  return code === 0 && !signal.aborted
}

/** Pulls again and again, as the kubelet does; undefined when the pod was stopped first. */
async function obtainImage(
  cluster: KfpCluster,
  node: WorkflowNode,
  spec: PodSpec,
  signal: AbortSignal,
): Promise<PulledImage | undefined> {
  const { image } = spec
  if (!NAME.test(image)) {
    const problem = `couldn't parse image name "${image}": invalid reference format`
    node.message = `InvalidImageName: Failed to apply default image tag "${image}": ${problem}`
    return waitForStop(signal)
  }
  node.message = 'PodInitializing'
  // While it pulls once more, the kubelet goes on telling how the last pull failed.
  for (let delay = cluster.pullBackOff; !signal.aborted; delay = Math.min(delay * 2, BACK_OFF_LIMIT)) {
    try {
      return await pull(cluster, spec, signal)
    } catch (error) {
      const failure = describePullFailure(image, error)
      node.message = `ErrImagePull: ${failure}`
      await cluster.clock.sleep(delay / 4, signal)
      node.message = `ImagePullBackOff: Back-off pulling image "${image}": ErrImagePull: ${failure}`
      await cluster.clock.sleep(delay, signal)
    }
  }
  return undefined
}

async function pull(cluster: KfpCluster, spec: PodSpec, signal: AbortSignal): Promise<PulledImage> {
  const { registryUrl, registryAuth } = cluster
  const rootfs = join(spec.directory, 'rootfs')
  await rm(rootfs, { recursive: true, force: true })
  return cluster.pullImage({
    reference: spec.image,
    rootfs,
    signal,
    ...(registryUrl === undefined ? {} : { registryUrl }),
    ...(registryAuth === undefined ? {} : { auth: registryAuth }),
  })
}

/** As containerd says it, without the sentence that the puller may have put before the cause. */
function describePullFailure(image: string, error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  const cause = text.replace(/^Failed to pull image "[^"]*": /, '')
  const code = /not found/i.test(cause) ? 'NotFound' : 'Unknown'
  return `rpc error: code = ${code} desc = failed to pull and unpack image "${image}": ${cause}`
}

function waitForStop(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(undefined)
    signal.addEventListener('abort', () => resolve(undefined), { once: true })
  })
}

export async function createTaskDirectory(cluster: KfpCluster): Promise<string> {
  await mkdir(cluster.directory, { recursive: true })
  return mkdtemp(join(cluster.directory, 'task-'))
}
