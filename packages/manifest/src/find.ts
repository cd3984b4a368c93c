import type { Setting } from './change.ts'
import { objectsOf } from './objects.ts'
import type { ParsedDocument } from './parse.ts'
import type { Place } from './place.ts'
import type { Form } from './spot.ts'
import { spotsOf } from './targets/registry.ts'

/** A place, and what is needed to write there. */
export interface Found {
  readonly document: ParsedDocument
  readonly place: Place
  readonly form: Form
}

/** Every place of a document where that which is to be set stands or could stand. */
export function placesIn(document: ParsedDocument, setting: Setting): Found[] {
  return objectsOf(document.value).flatMap((object) => {
    const { kind, name, namespace, at } = object
    return spotsOf(object, setting).map(({ form, path, isInit = false, ...spot }) => ({
      document,
      form,
      place: {
        ...spot,
        document: document.index,
        path: [...at, ...path],
        field: setting.set,
        kind,
        name,
        isInit,
        ...(namespace === undefined ? {} : { namespace }),
      },
    }))
  })
}
