import { escapeMarkdown } from '@mlops-actions/diagnostics'

/**
 * The page of the Application, '' where the page of Argo CD is not known, since it is reached by the Kubernetes API.
 * Without its namespace Argo CD looks in its own.
 */
export function linkTo(
  url: string | undefined,
  { name, namespace }: { readonly name: string; readonly namespace: string },
): string {
  if (url === undefined) return ''
  return `${url.replace(/\/+$/, '')}/applications/${namespace === '' ? name : `${namespace}/${name}`}`
}

/** Markdown: the text alone where there is no page. */
export function linked(text: string, link: string | undefined): string {
  const safe = escapeMarkdown(text)
  return link === undefined || link === '' ? safe : `[${safe}](${link})`
}

/** As a sentence of its own after another one. */
export function linkBehind(link: string | undefined): string {
  return link === undefined || link === '' ? '' : ` [Application](${link})`
}
