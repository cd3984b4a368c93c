import type { Change, Setting } from '../change.ts'
import type { Edit } from '../edit/splice.ts'
import { childOf, type Data, itemsOf, type Path, stringAt, valueAt } from '../tree.ts'
import { formatParts, partsOf, splitImage } from './images.ts'
import { absent, type Form, type Spot, textOf } from './spot.ts'

/**
 * An entry of a kustomization's `images:`. A tag alone clears a digest, a digest alone clears the tag, both give
 * `tag@digest` (kustomize api/filters/imagetag/updater.go): so what the new image does not have is taken away.
 * Either makes a `tagSuffix` void.
 */
const ENTRY: Form = {
  read(entry) {
    const tag = textOf(childOf(entry, 'newTag'))
    return formatParts({ name: nameOf(entry), tag, digest: textOf(childOf(entry, 'digest')) })
  },
  edits(entry, setting) {
    const { name, tag, digest } = partsOf(setting)
    const renamed: Edit[] = name === nameOf(entry) ? [] : [{ path: ['newName'], value: name }]
    const parts: Edit[] = [
      { path: ['newTag'], value: tag },
      { path: ['digest'], value: digest },
    ]
    // What is set goes first, so that no map is left empty on the way.
    return [
      ...renamed,
      ...parts.filter(({ value }) => value !== undefined),
      ...parts.filter(({ value }) => value === undefined),
    ]
  },
}

/** `name=new:tag` or `new:tag`, as Argo CD keeps them. */
const OVERRIDE: Form = {
  read: (text) => splitOverride(textOf(text)).image,
  edits(text, setting) {
    const { alias } = splitOverride(textOf(text))
    return [{ path: [], value: `${alias}${setting.value}` }]
  },
}

/**
 * The entries of `images:`, by the name that manifests have. Without one: those of the image's repository, or else all. An
 * entry that is asked for by kind and name is made where it is not there; not where another one has the image's repository,
 * since then the name is more likely a slip, and an entry that matches nothing changes nothing.
 */
export function spotsOfImages(root: unknown, path: Path, change: Change): readonly Spot[] {
  if (change.set !== 'image') return []
  const entries = itemsOf(valueAt(root, path))
  const spots = entries.map((entry, index) => ({
    path: [...path, index],
    form: ENTRY,
    name: nameIn(entry),
    repository: nameOf(entry),
  }))
  const { kind, name } = change.target
  const wished = partsOf(change).name
  const isNew = spots.every((spot) => spot.name !== name && spot.repository !== wished)
  if (kind === 'Kustomization' && name !== undefined && isNew) {
    const form = absent((setting) => newEntry(name, setting))
    return [{ path: [...path, entries.length], form, name }]
  }
  return name === undefined ? ofRepository(spots, change) : spots
}

/** The image overrides of an Argo CD Application. */
export function spotsOfOverrides(root: unknown, path: Path, change: Change): readonly Spot[] {
  if (change.set !== 'image') return []
  const spots = itemsOf(valueAt(root, path)).map((text, index) => {
    const { image } = splitOverride(textOf(text))
    return { path: [...path, index], form: OVERRIDE, repository: splitImage(image).name }
  })
  return ofRepository(spots, change)
}

type Entry = Spot & { readonly repository: string }

/** The entries of the repository that is to be set, or all where there are none. */
function ofRepository(entries: readonly Entry[], change: Change): readonly Entry[] {
  const own = entries.filter(({ repository }) => repository === partsOf(change).name)
  return own.length > 0 ? own : entries
}

function newEntry(name: string, setting: Setting): Data {
  const { name: newName, tag, digest } = partsOf(setting)
  return {
    name,
    ...(newName === name ? {} : { newName }),
    ...(tag === undefined ? {} : { newTag: tag }),
    ...(digest === undefined ? {} : { digest }),
  }
}

function nameIn(entry: unknown): string {
  return stringAt(entry, ['name']) ?? ''
}

/** The repository that the entry stands for in the end. */
function nameOf(entry: unknown): string {
  return stringAt(entry, ['newName']) ?? nameIn(entry)
}

function splitOverride(text: string): { alias: string; image: string } {
  const at = text.indexOf('=')
  return { alias: text.slice(0, at + 1), image: text.slice(at + 1) }
}
