import { Marked } from 'marked'
import { escapeHtml } from './html.ts'
import { drawMermaid } from './mermaid.ts'

/** Tags that job summaries use; everything else is shown as the text that it is. */
const TAGS = new Set([
  '<details>',
  '</details>',
  '<details open>',
  '<summary>',
  '</summary>',
  '<br>',
  '<br/>',
  '<sub>',
  '</sub>',
])

const marked = new Marked({
  gfm: true,
  async: false,
  renderer: {
    html: ({ text }) => keepKnownTags(text),
    image: ({ text }) => escapeHtml(text),
    link({ href, tokens }) {
      const text = this.parser.parseInline(tokens)
      return /^https?:\/\//i.test(href) ? `<a href="${escapeHtml(href)}" rel="noreferrer">${text}</a>` : text
    },
    code: ({ text, lang }) => {
      const drawn = lang === 'mermaid' ? drawMermaid(text) : undefined
      if (drawn !== undefined) return `<div class="scroll">${drawn}</div>`
      return `<pre><code>${lang === 'diff' ? colourDiff(text) : escapeHtml(text)}</code></pre>`
    },
  },
})

/** Signs of job summaries that not every machine has a font for; GitHub has one of its own. */
const SIGNS: readonly (readonly [string, string])[] = [
  ['✅', '<span class="plus">✔</span>'],
  ['❌', '<span class="minus">✖</span>'],
  ['🚨', '<span class="minus">‼</span>'],
]

/**
 * A job summary as HTML. It may quote servers, so nothing in it can run, load or look like the page itself: only the
 * tags above pass, links lead to the web only, images are their descriptions.
 */
export function renderMarkdown(markdown: string): string {
  return SIGNS.reduce((html, [sign, mark]) => html.replaceAll(sign, mark), String(marked.parse(markdown)))
}

function keepKnownTags(html: string): string {
  return html.replace(/<[^<>]*>|[<>&"']/g, (part) => (TAGS.has(part.toLowerCase()) ? part : escapeHtml(part)))
}

function colourDiff(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const escaped = escapeHtml(line)
      if (/^(\+\+\+|---|@@)/.test(line)) return `<span class="dim">${escaped}</span>`
      if (line.startsWith('+')) return `<span class="plus">${escaped}</span>`
      return line.startsWith('-') ? `<span class="minus">${escaped}</span>` : escaped
    })
    .join('\n')
}
