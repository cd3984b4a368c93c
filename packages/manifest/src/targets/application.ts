import type { Change } from '../change.ts'
import type { Edit } from '../edit/splice.ts'
import { refuse } from '../file.ts'
import { documentsInText } from '../read/inline.ts'
import { isRecord, itemsOf, type Path, stringAt, valueAt } from '../tree.ts'
import { spotsOfOverrides } from './kustomize-images.ts'
import { type Form, SCALAR, type Spot } from './spot.ts'
import { IMAGE_PARTS, spotsOfValues } from './values.ts'

/** An Argo CD Application: what its sources give to Helm and to kustomize (argo-cd pkg/apis/application/v1alpha1/types.go). */
export function spotsOfApplication(manifest: unknown, change: Change): readonly Spot[] {
  return sourcesIn(manifest, ['spec']).flatMap((path) => spotsOfSource(manifest, path, change))
}

/** The Application that an ApplicationSet makes others from. */
export function spotsOfApplicationSet(manifest: unknown, change: Change): readonly Spot[] {
  return sourcesIn(manifest, ['spec', 'template', 'spec']).flatMap((path) =>
    spotsOfSource(manifest, path, change),
  )
}

function sourcesIn(manifest: unknown, spec: Path): Path[] {
  const several = itemsOf(valueAt(manifest, [...spec, 'sources'])).map((_, at) => [...spec, 'sources', at])
  return isRecord(valueAt(manifest, [...spec, 'source'])) ? [[...spec, 'source'], ...several] : several
}

function spotsOfSource(manifest: unknown, path: Path, change: Change): readonly Spot[] {
  if (change.set !== 'image' && change.set !== 'storage-uri') return []
  const helm = [...path, 'helm']
  return [
    ...(change.target.path === undefined
      ? spotsOfOverrides(manifest, [...path, 'kustomize', 'images'], change)
      : []),
    ...spotsOfParameters(manifest, [...helm, 'parameters'], change),
    ...within(manifest, [...helm, 'valuesObject'], change),
    ...spotsOfValuesText(manifest, [...helm, 'values'], change),
  ]
}

function within(manifest: unknown, path: Path, change: Change): readonly Spot[] {
  return spotsOfValues(valueAt(manifest, path), change).map((spot) => ({
    ...spot,
    path: [...path, ...spot.path],
  }))
}

/** Values in a block of text. */
function spotsOfValuesText(manifest: unknown, host: Path, change: Change): readonly Spot[] {
  const text = stringAt(manifest, host)
  if (text === undefined) return []
  return documentsInText(text).flatMap(({ document, value }) =>
    spotsOfValues(value, change).map((spot) => ({
      ...spot,
      path: [...host, ...spot.path],
      nested: { host, document, value, path: spot.path },
    })),
  )
}

/** `helm.parameters`, a list of `{name: image.tag, value: v1}`: read as the map that it spells. */
function spotsOfParameters(manifest: unknown, path: Path, change: Change): readonly Spot[] {
  const parameters = itemsOf(valueAt(manifest, path))
  const names = parameters.map((parameter) => stringAt(parameter, ['name']) ?? '')
  const isWhole = change.set === 'image' ? /(?:^|\.)image$/ : /(?:^|\.)storageUri$/
  const whole = names.flatMap((name, index) => {
    const isMeant = change.target.path === undefined ? isWhole.test(name) : name === change.target.path
    return isMeant && !/\.(?:tag|repository|digest|registry)$/.test(name)
      ? [{ path: [...path, index, 'value'], form: SCALAR }]
      : []
  })
  if (change.set !== 'image') return whole
  const holders = new Set(
    names.flatMap((name) => (name.endsWith('.tag') ? [name.slice(0, -'.tag'.length)] : [])),
  )
  const asked = change.target.path?.replace(/\.(?:tag|repository|digest|registry)$/, '')
  return [
    ...whole,
    ...[...holders]
      .filter((holder) => asked === undefined || holder === asked)
      .map((holder) => ({ path, form: parametersForm(names, holder) })),
  ]
}

/** The parts of an image in parameters whose names start alike. */
function parametersForm(names: readonly string[], holder: string): Form {
  const asMap = (list: unknown): unknown =>
    Object.fromEntries(
      names.flatMap((name, index) =>
        name.startsWith(`${holder}.`)
          ? [[name.slice(holder.length + 1), valueAt(list, [index, 'value'])] as const]
          : [],
      ),
    )
  return {
    read: (list) => IMAGE_PARTS.read(asMap(list)),
    edits(list, setting, on) {
      assertDistinct(
        names.filter((name) => name.startsWith(`${holder}.`)),
        on,
      )
      return IMAGE_PARTS.edits(asMap(list), setting, on).flatMap(({ path: [part = ''], value }) => {
        const index = names.indexOf(`${holder}.${part}`)
        return [{ path: [index, 'value'], value }, ...forceString(list, index, value)]
      })
    },
  }
}

/** Of two parameters with one name Argo CD takes the last, unless the first is forced to be text. */
function assertDistinct(names: readonly string[], on: string): void {
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice === undefined) return
  const seen = `the parameter ${twice} stands more than once`
  throw refuse('MANIFEST_TARGET_AMBIGUOUS', on, seen, 'Remove all but one, then run again')
}

/** `helm --set` takes digits and words such as `true` for something else than text, unless it is told not to. */
function forceString(list: unknown, index: number, value: unknown): readonly Edit[] {
  const isText = !/^(?:\d+|true|false|null)$/.test(String(value))
  if (isText || valueAt(list, [index, 'forceString']) === true) return []
  return [{ path: [index, 'forceString'], value: true }]
}
