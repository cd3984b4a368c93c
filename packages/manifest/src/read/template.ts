import type { Failure } from '@mlops-actions/diagnostics'
import { type Document, isCollection, visit } from 'yaml'
import { type ManifestFile, refuse } from '../file.ts'

/** Whether text has the marks of Go templates, which Helm charts are written in. */
export function looksLikeTemplate(text: string): boolean {
  return text.includes('{{')
}

/**
 * Refuses a Helm template that happens to parse: `name: {{ .Values.name }}` is, to YAML, a map whose key is
 * a map.
 * @throws Failure MANIFEST_IS_TEMPLATE
 */
export function assertNoTemplate(
  file: ManifestFile,
  document: Document.Parsed,
  lineAt: (offset: number) => number,
): void {
  if (!looksLikeTemplate(file.text)) return
  visit(document, {
    Pair(_, { key }) {
      if (isCollection(key)) throw templateFailure(`${file.path}:${lineAt(key.range?.[0] ?? 0)}`)
    },
  })
}

export function templateFailure(on: string, cause?: unknown): Failure {
  const next =
    'Point the action at a plain manifest, or at the values this chart is rendered with; a template is only YAML after rendering'
  return refuse('MANIFEST_IS_TEMPLATE', on, 'it is a Helm template', next, cause)
}
