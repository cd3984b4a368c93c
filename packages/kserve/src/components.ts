import type { InferenceService } from './inference-service.wire.ts'
import { type DesiredVersion, desiredVersion, versionOf } from './spec.ts'

/** A part of an InferenceService that has a Deployment, or a Knative Service, of its own. */
export interface Component {
  /** `predictor`, `transformer`, `explainer`, `canary v2`. */
  readonly title: string
  /** Names that its Deployment or Knative Service may have. */
  readonly names: readonly string[]
  readonly asked: DesiredVersion
}

/**
 * The parts of an InferenceService and what each of them asks for (kserve/kserve pkg/constants, PredictorServiceName;
 * before 0.9 names ended with `-default`).
 */
export function componentsOf(isvc: InferenceService): readonly Component[] {
  const { name } = isvc.metadata
  const { predictor, transformer, explainer, canary } = isvc.spec
  const stable = desiredVersion(isvc)
  const own = predictor.name ?? ''
  const others = Object.entries({ transformer, explainer }).flatMap(([title, component]) => {
    if (component === undefined) return []
    const asked = { image: component.containers[0]?.image, storageUri: undefined }
    return [{ title, names: [`${name}-${title}`, `${name}-${title}-default`], asked }]
  })
  const canaries = canary.map(({ predictor: one }) => {
    const { image, storageUri } = versionOf(one)
    const asked = { image: image ?? stable.image, storageUri: storageUri ?? stable.storageUri }
    return { title: `canary ${one.name ?? ''}`, names: [`${name}-${one.name ?? ''}-predictor`], asked }
  })
  const plain = [`${name}-predictor`, `${name}-predictor-default`]
  const names = own === '' ? plain : [`${name}-${own}-predictor`, ...plain]
  return [{ title: 'predictor', names, asked: stable }, ...others, ...canaries]
}
