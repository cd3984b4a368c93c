import { type JsonObject, textAt, textsAt } from './json.ts'

/** A selector that the server cannot read; the API answers 400 with this text. */
export class SelectorError extends Error {}

export type Matcher = (object: JsonObject) => boolean

const SET_TERM = /^(\S+)\s+(in|notin)\s*\(([^)]*)\)$/

/**
 * Label selector of LIST and WATCH: `a=b`, `a==b`, `a!=b`, `a in (x,y)`, `a notin (x)`, `a`, `!a`, joined by commas.
 * Source: kubernetes/apimachinery labels/selector.go.
 * @throws SelectorError
 */
export function parseLabelSelector(text: string): Matcher {
  const terms = text.split(/,(?![^(]*\))/).map((term) => term.trim())
  const tests = terms.filter((term) => term !== '').map(labelTerm)
  return (object) => {
    const labels = textsAt(object, 'metadata', 'labels')
    return tests.every((test) => test(labels))
  }
}

function labelTerm(term: string): (labels: Record<string, string>) => boolean {
  const [, setKey, operator, values] = SET_TERM.exec(term) ?? []
  if (setKey !== undefined) {
    const wanted = (values ?? '').split(',').map((value) => value.trim())
    const isIn = (labels: Record<string, string>): boolean => {
      const label = labels[setKey]
      return label !== undefined && wanted.includes(label)
    }
    return operator === 'in' ? isIn : (labels) => !isIn(labels)
  }
  const [, key, sign, value] = /^([^=!\s]+)\s*(!=|==|=)\s*(.*)$/.exec(term) ?? []
  if (key !== undefined) return (labels) => (labels[key] === value) === (sign !== '!=')
  const [, absent, present] = /^(?:!\s*(\S+)|(\S+))$/.exec(term) ?? []
  if (absent !== undefined) return (labels) => labels[absent] === undefined
  if (present !== undefined) return (labels) => labels[present] !== undefined
  throw new SelectorError(`unable to parse requirement: found '${term}'`)
}

/** Fields by which built-in kinds can be selected; any kind has name and namespace. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  Pod: ['spec.nodeName', 'status.phase'],
  Event: [
    'involvedObject.kind',
    'involvedObject.name',
    'involvedObject.namespace',
    'involvedObject.uid',
    'type',
    'reason',
  ],
}

/**
 * Field selector of LIST and WATCH.
 * @throws SelectorError for a field that the kind cannot be selected by
 */
export function parseFieldSelector(text: string, kind: string): Matcher {
  const terms = text.split(',').filter((term) => term.trim() !== '')
  const tests = terms.map((term) => fieldTerm(term.trim(), kind))
  return (object) => tests.every((test) => test(object))
}

function fieldTerm(term: string, kind: string): Matcher {
  const [, field, sign, value] = /^([\w.]+)\s*(!=|==|=)\s*(.*)$/.exec(term) ?? []
  if (field === undefined) throw new SelectorError(`invalid selector: '${term}'; can't understand '${term}'`)
  const allowed = ['metadata.name', 'metadata.namespace', ...(FIELDS[kind] ?? [])]
  if (!allowed.includes(field)) throw new SelectorError(`field label not supported: ${field}`)
  return (object) => ((textAt(object, ...field.split('.')) ?? '') === value) === (sign !== '!=')
}
