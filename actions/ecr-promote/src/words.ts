/** `sha256:` and twelve digits: enough to tell two images apart in a table. */
export function shortDigest(digest: string): string {
  return digest.slice(0, 'sha256:'.length + 12)
}
