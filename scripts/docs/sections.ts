/**
 * Puts generated Markdown between `<!-- name:start -->` and `<!-- name:end -->`; what stands outside is left alone.
 * A section that the text does not have yet is added at its end, under a heading of its own.
 */
export function replaceSection(text: string, name: string, content: string): string {
  const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`]
  const block = `${start}\n${content}\n${end}`
  const from = text.indexOf(start)
  const to = text.indexOf(end, from)
  if (from !== -1 && to !== -1) return text.slice(0, from) + block + text.slice(to + end.length)
  const heading = `## ${name.charAt(0).toUpperCase()}${name.slice(1)}`
  return `${text.trimEnd()}\n\n${heading}\n\n${block}\n`
}
