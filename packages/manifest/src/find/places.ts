import type { Change } from '../change.ts'
import { type Block, blockOf, openBlock } from '../edit/nested.ts'
import type { Place } from '../place.ts'
import { openManifest } from '../read/manifest.ts'
import { follow, lineOf } from '../read/node.ts'
import type { ParsedDocument } from '../read/parse.ts'
import { isJsonPatch } from '../targets/json-patch.ts'
import {
  ANY_KIND,
  isKustomization,
  spotsOfJsonPatch,
  spotsOfKustomization,
} from '../targets/kustomization.ts'
import { objectsOf } from '../targets/objects.ts'
import { spotsOf } from '../targets/registry.ts'
import type { Form, NestedSpot, Spot } from '../targets/spot.ts'
import { spotsOfValues } from '../targets/values.ts'
import { childOf, isRecord, type Path, valueAt } from '../tree.ts'

/** A place, and what is needed to write there. */
export interface Found {
  readonly document: ParsedDocument
  readonly place: Place
  readonly form: Form
  /** The plain value at the place. */
  readonly value: unknown
  readonly nested?: NestedSpot
  readonly beside?: readonly string[]
}

/** Every place of a document where that which is to be set stands or could stand. */
export function placesIn(document: ParsedDocument, change: Change): Found[] {
  const { value } = document
  if (isKustomization(document.path, value))
    return locate(document, change, spotsOfKustomization(value, change), { kind: 'Kustomization', name: '' })
  if (isJsonPatch(value))
    return locate(document, change, spotsOfJsonPatch(value, change), { kind: ANY_KIND, name: '' })
  if (mayBeValues(value, change))
    return locate(document, change, spotsOfValues(value, change), { kind: 'HelmValues', name: '' })
  return objectsOf(value).flatMap((object) => {
    const { kind, name, namespace } = object
    const owner = namespace === undefined ? { kind, name } : { kind, name, namespace }
    return locate(document, change, spotsOf(object, change), owner, object.at)
  })
}

/** Helm values say neither kind nor name: who gives a name but no path means something else. */
function mayBeValues(value: unknown, { target }: Change): boolean {
  const isUntyped = childOf(value, 'kind') === undefined && childOf(value, 'apiVersion') === undefined
  return isRecord(value) && isUntyped && (target.name === undefined || target.path !== undefined)
}

type Owner = Pick<Place, 'kind' | 'name' | 'namespace'>

function locate(
  document: ParsedDocument,
  { set: field }: Change,
  spots: readonly Spot[],
  owner: Owner,
  at: Path = [],
): Found[] {
  return spots.map(({ form, path, nested, beside, isInit = false, ...spot }) => {
    const place = { ...owner, ...spot, document: document.index, path: [...at, ...path], field, isInit }
    const found = { document, form, place, ...(beside === undefined ? {} : { beside }) }
    if (nested === undefined) return { ...found, value: valueAt(document.value, place.path) }
    const value = valueAt(nested.value, nested.path)
    return { ...found, value, nested: { ...nested, host: [...at, ...nested.host] } }
  })
}

/** The document in which a place is edited: that of the file, or one in a block of text there. */
export function innermost({ document, place, nested }: Found): { inner: ParsedDocument; path: Path } {
  if (nested === undefined) return { inner: document, path: place.path }
  return { inner: documentIn(document, openBlock(document, nested.host), nested), path: nested.path }
}

/** 1-based; of what stands in other text than a literal block, where that text starts. */
export function lineOfPlace({ document, place, nested }: Found): number {
  const node = nested && follow(document, nested.host).nodes.at(-1)
  const block = blockOf(document, node)
  if (nested === undefined || block === undefined) return lineOf(document, place.path)
  return lineOf(documentIn(document, block, nested), nested.path)
}

function documentIn(
  document: ParsedDocument,
  { text, firstLine }: Block,
  nested: NestedSpot,
): ParsedDocument {
  const manifest = openManifest({ path: document.path, text }, firstLine)
  const [inner] = manifest.documents.slice(nested.document).map((one) => manifest.parse(one))
  return inner ?? document
}
