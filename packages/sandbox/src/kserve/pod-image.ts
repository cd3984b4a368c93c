import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { rootMessage } from '../containers/caught.ts'
import { type PulledImage, pullImage } from '../containers/index.ts'
import { backOffOf, type PodContext, publish, tell } from './pod-context.ts'
import { type ContainerRun, imageIdOf, isImageName, waiting } from './pod-run.ts'

/**
 * Pulls the image until it is there: ErrImagePull, then ImagePullBackOff with the same cause, again and again.
 * Undefined when the pod ended first; a name that is no image name never gets further than InvalidImageName.
 * Source: kubernetes pkg/kubelet/images/image_manager.go.
 */
export async function obtainImage(
  context: PodContext,
  container: ContainerRun,
): Promise<PulledImage | undefined> {
  const { cluster, stopping } = context
  if (!isImageName(container.image)) return refuseName(context, container)
  container.state = waiting('ContainerCreating')
  publish(context)
  // While it pulls once more, the kubelet goes on telling how the last pull failed.
  for (let failures = 0; !stopping.aborted; ) {
    tell(context, 'Normal', 'Pulling', `Pulling image "${container.image}"`)
    const started = cluster.clock.now()
    try {
      const image = await pull(context, container)
      const took = cluster.clock.now() - started
      tell(
        context,
        'Normal',
        'Pulled',
        `Successfully pulled image "${container.image}" in ${took}ms (${took}ms including waiting)`,
      )
      container.imageID = imageIdOf(container.image, image.digest)
      return image
    } catch (error) {
      if (stopping.aborted) return undefined
      failures += 1
      await reportFailure(context, container, failures, rootMessage(error))
    }
  }
  return undefined
}

async function pull(context: PodContext, container: ContainerRun): Promise<PulledImage> {
  const { cluster, stopping } = context
  const { registryUrl, registryAuth } = cluster.options
  const rootfs = join(context.directory, 'rootfs')
  await rm(rootfs, { recursive: true, force: true })
  return (cluster.options.pullImage ?? pullImage)({
    reference: container.image,
    rootfs,
    signal: stopping,
    ...(registryUrl === undefined ? {} : { registryUrl }),
    ...(registryAuth === undefined ? {} : { auth: registryAuth }),
  })
}

async function reportFailure(
  context: PodContext,
  container: ContainerRun,
  failures: number,
  cause: string,
): Promise<void> {
  const { cluster, stopping } = context
  const { image } = container
  const code = /not found|404/i.test(cause) ? 'NotFound' : 'Unknown'
  const message = `rpc error: code = ${code} desc = failed to pull and unpack image "${image}": ${cause}`
  container.state = waiting('ErrImagePull', message)
  publish(context)
  tell(context, 'Warning', 'Failed', `Failed to pull image "${image}": ${message}`)
  tell(context, 'Warning', 'Failed', 'Error: ErrImagePull')
  const delay = backOffOf(cluster, cluster.timings.pullBackOff, failures)
  await cluster.clock.sleep(delay / 4, stopping)
  if (stopping.aborted) return
  container.state = waiting('ImagePullBackOff', `Back-off pulling image "${image}": ErrImagePull: ${message}`)
  publish(context)
  tell(context, 'Normal', 'BackOff', `Back-off pulling image "${image}"`)
  tell(context, 'Warning', 'Failed', 'Error: ImagePullBackOff')
  await cluster.clock.sleep(delay, stopping)
}

async function refuseName(context: PodContext, container: ContainerRun): Promise<undefined> {
  const problem = `couldn't parse image name "${container.image}": invalid reference format`
  container.state = waiting(
    'InvalidImageName',
    `Failed to apply default image tag "${container.image}": ${problem}`,
  )
  publish(context)
  tell(
    context,
    'Warning',
    'InspectFailed',
    `Failed to apply default image tag "${container.image}": ${problem}`,
  )
  return undefined
}
