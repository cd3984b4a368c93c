import { readFile } from 'node:fs/promises'

/** The keywords of OpenAPI 3.0 that GitHub's description of our operations uses. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string
  readonly properties?: { readonly [name: string]: Schema }
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly minItems?: number
  readonly enum?: readonly unknown[]
  readonly nullable?: boolean
  readonly oneOf?: readonly Schema[]
}

export interface Schemas {
  readonly [ref: string]: Schema
}

/** Cut out of GitHub's published description by scripts/github-openapi.ts. */
export interface Description {
  readonly operations: {
    readonly [operation: string]: {
      readonly request: Schema | null
      readonly responses: { readonly [status: string]: Schema }
    }
  }
  readonly schemas: Schemas
}

let description: Promise<Description> | undefined

/** Read when the first call needs it. */
export function loadDescription(): Promise<Description> {
  description ??= readFile(new URL('fixtures/openapi.json', import.meta.url), 'utf8').then(
    (text) => JSON.parse(text) as Description,
  )
  return description
}
