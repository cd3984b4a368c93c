/** Digests of everything that an index names, attestations too: ECR takes an index only where all of them are there. */
export function childDigests(manifest: string): readonly string[] {
  const { manifests } = JSON.parse(manifest) as { readonly manifests?: unknown }
  return (Array.isArray(manifests) ? manifests : []).flatMap((child: { readonly digest?: unknown } | null) =>
    typeof child?.digest === 'string' ? [child.digest] : [],
  )
}
