import {
  LINE_END,
  type NumberRange,
  parseBoolean,
  parseDuration,
  parseEnum,
  parseHeaders,
  parseHttpUrl,
  parseInteger,
  parseKeyValues,
  parseLines,
  parseList,
  parseNumber,
  parseSize,
} from '@mlops-actions/text'

/** How one input is read: the word for its type in the documentation, and its parser. */
export interface Field<T> {
  readonly type: string
  readonly required: boolean
  /** As it stands in action.yml; an input that arrives empty has this value too. */
  readonly default: string | undefined
  readonly secret: boolean
  /** Of a secret that holds names as well: what must not be shown. Without it that is the whole text. */
  readonly secretParts?: (text: string) => readonly string[]
  /** Throws `Expected` for text that is no such value. */
  readonly parse: (text: string) => T
  /** What the value is when the text is empty and there is no default. */
  readonly absent: T | undefined
}

interface Given {
  readonly default: string
}
interface Required {
  readonly required: true
}
interface Optional {
  readonly required?: false
}

/** A field without default and not required may be undefined. */
export interface FieldMaker<T> {
  (options: Given | Required): Field<T>
  (options?: Optional): Field<T | undefined>
}

function fieldOf<T>(type: string, parse: (text: string) => T, secret = false): FieldMaker<T> {
  function make(options: Given | Required): Field<T>
  function make(options?: Optional): Field<T | undefined>
  function make(options: Partial<Given> & { readonly required?: boolean } = {}): Field<T | undefined> {
    const { default: given, required = false } = options
    return { type, required, default: given, secret, parse, absent: undefined }
  }
  return make
}

/** A collection with a grammar of its own. It is never undefined: without text it is empty. */
export function collection<T>(type: string, parse: (text: string) => T) {
  return (options: Partial<Given> & { readonly required?: boolean } = {}): Field<T> => {
    const { default: given, required = false } = options
    return { type, required, default: given, secret: false, parse, absent: parse('') }
  }
}

export const text = fieldOf('string', (value) => value)
/** Masked before any other input is even looked at. */
export const secret = fieldOf('secret', (value) => value, true)
export const boolean = fieldOf('boolean', parseBoolean)
export const duration = fieldOf('duration', parseDuration)
export const size = fieldOf('size', parseSize)
export const url = fieldOf('URL', parseHttpUrl)

export const list = collection('list', parseList)
export const lines = collection('lines', parseLines)
export const keyValues = collection('key=value lines', parseKeyValues)

/** HTTP headers, whose values are taken for secrets: that is what extra headers carry. */
export function headers(): Field<ReadonlyMap<string, string>> {
  return { ...collection('header lines', parseHeaders)(), secret: true, secretParts: headerSecrets }
}

/** A header is shown whole nowhere, and its value is sent alone. */
function headerSecrets(text: string): readonly string[] {
  return [text, ...text.split(LINE_END).map((line) => line.slice(line.indexOf(':') + 1).trim())]
}

export function integer(range: NumberRange = {}): FieldMaker<number> {
  return fieldOf('integer', (value) => parseInteger(value, range))
}

export function number(range: NumberRange = {}): FieldMaker<number> {
  return fieldOf('number', (value) => parseNumber(value, range))
}

export function oneOf<const Word extends string>(...words: readonly Word[]): FieldMaker<Word> {
  return fieldOf(words.join(' | '), (value) => parseEnum(value, words))
}

/** A value with a grammar of its own: `parsed('image reference', parseImageReference)`. */
export function parsed<T>(type: string, parse: (text: string) => T): FieldMaker<T> {
  return fieldOf(type, parse)
}
