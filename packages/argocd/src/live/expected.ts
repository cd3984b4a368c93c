import { matchesImage, repositoryOf } from '@mlops-actions/kubernetes/pods'
import { servingPods } from '../model/tree.ts'
import { hasRipened, type Memory, type Noted } from './memory.ts'
import { isSyncing } from './operation.ts'
import { overrideOf } from './overrides.ts'
import { isThere, type LiveState, type LiveWant } from './state.ts'
import { fails, type LiveVerdict, waits } from './verdict.ts'

/** Time for what controllers make of the manifests, such as the Deployment of an InferenceService. */
const DIFFERS: Noted = { key: 'differs from expected', lasting: 20_000, comparisons: 1 }

export function expectedKeys(state: LiveState, want: LiveWant): readonly Noted[] {
  return isWell(state) && state.isRendered && missing(state, want) !== undefined ? [DIFFERS] : []
}

/**
 * Whether Argo CD has to render the manifests anew: with the annotation manifest-generate-paths the revision can move while
 * the manifests are those of before (argo-cd #27727), and only a version that is expected tells.
 */
export function lacksRendering(state: LiveState, want: LiveWant): boolean {
  const isOwn = state.relation === 'same' && isWell(state)
  return isOwn && !state.isRendered && missing(state, want) !== undefined
}

/**
 * Whether the expected version is what the cluster asks for, and no pod runs another one. At a newer commit it is that
 * commit's matter.
 */
export function judgeExpected(state: LiveState, want: LiveWant, memory: Memory): LiveVerdict | undefined {
  if (state.relation === 'newer') return undefined
  const absent = missing(state, want)
  if (absent === undefined) return judgeOthers(state, want)
  const seen = `${absent.what}${absent.found === '' ? '' : `; there is ${absent.found}`}`
  if (!hasRipened(memory, DIFFERS, state.now)) return waits('expected', `synced; ${seen}`)
  const cause = overrideOf(state, want, absent.values)
  return fails(state.application, {
    kind: cause === undefined ? 'conflict' : 'policy',
    code: 'ARGOCD_EXPECTED',
    seen: cause === undefined ? seen : `${seen}; ${cause}`,
    next:
      cause === undefined
        ? 'Check that the manifests of this commit name it, and that the input spells it as they do'
        : 'Take that away, so that what stands in Git counts; or change it there instead of in the manifests',
    retryable: false,
  })
}

/** Before that nobody has looked for the version. */
function isWell(state: LiveState): boolean {
  const { sync, health } = state.application.status
  const isGood = health.status === 'Healthy' || health.status === 'Suspended'
  return isThere(state) && sync.status === 'Synced' && isGood && !isSyncing(state.application)
}

interface Missing {
  readonly what: string
  /** What stands in its place, and where. */
  readonly found: string
  readonly values: readonly string[]
}

function missing(state: LiveState, want: LiveWant): Missing | undefined {
  return missingImage(state, want) ?? missingModel(state, want)
}

function missingImage({ application, declared }: LiveState, want: LiveWant): Missing | undefined {
  const running = application.status.summary.images
  const all = [...declared.flatMap(({ images }) => images), ...running]
  const image = want.images.find((one) => !all.some((other) => matchesImage(other, { image: one })))
  if (image === undefined) return undefined
  const values = [...new Set(all)].filter((other) => repositoryOf(other) === repositoryOf(image))
  const where = declared.find(({ images }) => images.some((other) => values.includes(other)))
  const found =
    values.length === 0 ? '' : `${values.join(', ')}${where === undefined ? '' : ` in ${where.on}`}`
  return { what: `no object asks for the image ${image}, and no pod has it`, found, values }
}

function missingModel({ declared }: LiveState, { storageUri }: LiveWant): Missing | undefined {
  const values = [...new Set(declared.flatMap(({ models }) => models))]
  if (storageUri === undefined || values.includes(storageUri)) return undefined
  const bare = (uri: string) => uri.replace(/\/+$/, '')
  const isAlike = values.some((other) => bare(other) === bare(storageUri))
  const where = declared.find(({ models }) => models.length > 0)?.on
  const found = values.length === 0 ? '' : `${values.join(', ')} in ${where}`
  const hint = isAlike ? ', which differs by the slash at its end only' : ''
  return { what: `no object asks for the model ${storageUri}`, found: `${found}${hint}`, values }
}

/**
 * Pods of the version before get requests as long as they are there. Where something is paused on purpose, they stay; and
 * what an object asks for as it is now is of no version before.
 */
function judgeOthers(
  { application, tree, declared }: LiveState,
  { images }: LiveWant,
): LiveVerdict | undefined {
  if (tree === undefined || application.status.health.status === 'Suspended') return undefined
  const asked = new Set(declared.flatMap((one) => one.images))
  for (const { name, images: own } of servingPods(tree)) {
    const other = own.find((image) => !asked.has(image) && isOther(image, images))
    if (other !== undefined) return waits('other-version', `synced; pod ${name} still has the image ${other}`)
  }
  return undefined
}

/** Of the repository of an expected image, and none of those. */
function isOther(image: string, expected: readonly string[]): boolean {
  const isOfOne = expected.some((one) => repositoryOf(one) === repositoryOf(image))
  return isOfOne && !expected.some((one) => matchesImage(image, { image: one }))
}
