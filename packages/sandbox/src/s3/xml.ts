export interface XmlElement {
  readonly name: string
  readonly text: string
  readonly children: readonly XmlElement[]
}

export const S3_NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/'

/** Text content; carriage returns and other controls become character references as S3 writes them. */
export function escapeXml(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/[\u0000-\u0008\u000b-\u001f]/g, (char) => `&#x${char.charCodeAt(0).toString(16)};`)
}

/** `<name>text</name>`, or nothing for an undefined value. */
export function tag(name: string, value: string | number | boolean | undefined): string {
  return value === undefined ? '' : `<${name}>${escapeXml(String(value))}</${name}>`
}

export function document(
  root: string,
  content: string,
  namespace: string | undefined = S3_NAMESPACE,
): string {
  const attribute = namespace === '' ? '' : ` xmlns="${namespace}"`
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${attribute}>${content}</${root}>`
}

const TOKEN = /<\?[^>]*\?>|<!--[\s\S]*?-->|<(\/?)([\w:.-]+)([^>]*?)(\/?)>|([^<]+)/g

/** Elements and text only: attributes are dropped, entities of XML itself are known. Undefined when not well formed. */
export function parseXml(source: string): XmlElement | undefined {
  const root: Open = { name: '', text: '', children: [] }
  const stack = [root]
  let end = 0
  for (const match of source.matchAll(TOKEN)) {
    if (match.index !== end) return undefined
    end = match.index + match[0].length
    if (!step(stack, match)) return undefined
  }
  const [only, ...others] = root.children
  return end === source.length && stack.length === 1 && others.length === 0 ? only : undefined
}

interface Open {
  readonly name: string
  text: string
  readonly children: XmlElement[]
}

function step(stack: Open[], match: RegExpMatchArray): boolean {
  const [, closing, name, , empty, text] = match
  const top = stack.at(-1)
  if (top === undefined) return false
  if (text !== undefined) top.text += unescapeXml(text)
  if (name === undefined) return true
  if (closing === '/') {
    stack.pop()
    return top.name === name && stack.length > 0
  }
  const element: Open = { name, text: '', children: [] }
  top.children.push(element)
  if (empty !== '/') stack.push(element)
  return true
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescapeXml(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16))
      if (decimal !== undefined) return String.fromCodePoint(Number(decimal))
      return ENTITIES[name ?? ''] ?? whole
    },
  )
}

/** Text of the first child of that name, trimmed. */
export function childText(element: XmlElement, name: string): string | undefined {
  return element.children.find((child) => child.name === name)?.text.trim()
}

export function childrenNamed(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name)
}
