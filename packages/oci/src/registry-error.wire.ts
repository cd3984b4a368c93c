/** What a registry says of an error: the codes and messages of its document, or nothing (distribution-spec, "Error Codes"). */
export interface RegistrySaid {
  /** `NAME_UNKNOWN` */
  readonly codes: readonly string[]
  readonly message: string
}

/** Reads the error document of a registry; anything else says nothing. */
export function parseRegistryError(body: string): RegistrySaid {
  const errors = errorsOf(body)
  return {
    codes: errors.flatMap(({ code }) => (typeof code === 'string' ? [code] : [])),
    message: errors.flatMap(({ message }) => (typeof message === 'string' ? [message] : [])).join('; '),
  }
}

function errorsOf(body: string): readonly Readonly<Record<string, unknown>>[] {
  try {
    const { errors } = Object(JSON.parse(body)) as { readonly errors?: unknown }
    return Array.isArray(errors) ? errors.map((error) => Object(error) as Record<string, unknown>) : []
  } catch {
    return []
  }
}
