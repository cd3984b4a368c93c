/**
 * Whether go-yaml, which Kubernetes, Argo CD, Helm and kustomize read with, takes a plain scalar for a number where YAML
 * 1.1 and 1.2 see text: it drops every `_` first, and then reads prefixes of either case (go.yaml.in/yaml/v2 resolve.go:
 * `strconv.ParseInt(plain, 0, 64)`, `yamlStyleFloat`).
 */
export function isNumberToGo(text: string): boolean {
  const plain = text.replaceAll('_', '').toLowerCase()
  return (
    /^[-+]?(?:0x[0-9a-f]+|0b[01]+|0o[0-7]+|\d+)$/.test(plain) ||
    /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:e[-+]?\d+)?$/.test(plain)
  )
}
