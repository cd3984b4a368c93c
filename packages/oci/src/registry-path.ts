/** Paths of the distribution protocol (OCI distribution-spec, "Endpoints"), for a repository such as `team/model`. */
export const registryPath = {
  blob: (repository: string, digest: string) => `/v2/${repository}/blobs/${digest}`,
  /** @param reference tag or digest */
  manifest: (repository: string, reference: string) => `/v2/${repository}/manifests/${reference}`,
  uploads: (repository: string) => `/v2/${repository}/blobs/uploads/`,
  /** Asks for a blob of another repository of the same registry, without sending it. */
  mount: (repository: string, { digest, from }: { readonly digest: string; readonly from: string }) =>
    `/v2/${repository}/blobs/uploads/?mount=${encodeURIComponent(digest)}&from=${encodeURIComponent(from)}`,
} as const

/** Where an upload is finished. What the location's query says is the registry's own, and stays as it was written. */
export function finishUrl(location: string, digest: string): string {
  return `${location}${location.includes('?') ? '&' : '?'}digest=${encodeURIComponent(digest)}`
}
