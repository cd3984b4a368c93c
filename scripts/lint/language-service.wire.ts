import { registerHooks } from 'node:module'

/** What the sample product calls this repository; the rules of the house say where it may be named. */
const OWN_NAME = 'mlops-actions/mlops-actions'

/** One finding of the official language service, with a 1-based line. */
export type Diagnostic = { readonly line: number; readonly what: string }

/**
 * Loads GitHub's own @actions/languageservice and returns its check of one workflow or action.yml.
 * @param readFile text of a file of this repository, or undefined; for `./` and `$/` references
 */
export async function loadLanguageService(
  readFile: (path: string) => string | undefined,
): Promise<(path: string, text: string) => Promise<readonly Diagnostic[]>> {
  // The packages import JSON without the attribute that Node wants (seen in 0.3.61).
  const hooks = registerHooks({
    resolve: (specifier, context, next) => {
      const resolved = next(specifier, context)
      return resolved.url.endsWith('.json') ? { ...resolved, importAttributes: { type: 'json' } } : resolved
    },
  })
  const { validate } = await import('@actions/languageservice')
  const { TextDocument } = await import('vscode-languageserver-textdocument')
  hooks.deregister()
  const fileProvider = {
    getFileContent: async (ref: {
      readonly path: string
      readonly owner?: string
      readonly repository?: string
    }) => {
      const isOurs = ref.owner === undefined || `${ref.owner}/${ref.repository}` === OWN_NAME
      const content = isOurs ? readFile(ref.path) : undefined
      if (content === undefined) throw new Error(`${ref.path} does not exist in this repository`)
      return { name: ref.path, content }
    },
  }
  return async (path, text) => {
    const document = TextDocument.create(`file:///${path}`, 'yaml', 0, text)
    const found = await validate(document, { fileProvider })
    return found.map(({ message, range }) => ({
      line: range.start.line + 1,
      what: typeof message === 'string' ? message : message.value,
    }))
  }
}
