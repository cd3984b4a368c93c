/** `Key: value` lines at the end of a commit message (git-interpret-trailers(1)). */
export type Trailers = ReadonlyMap<string, string>

/**
 * Which keys are written by whom. Argo CD shows its own beside the revision (source-hydrator.md, Argo CD >=
 * 3.1).
 */
export const TRAILER = {
  referenceAuthor: 'Argocd-reference-commit-author',
  referenceSha: 'Argocd-reference-commit-sha',
  referenceRepository: 'Argocd-reference-commit-repourl',
  target: 'Mlops-Target',
  image: 'Mlops-Image',
  previousImage: 'Mlops-Previous-Image',
  storageUri: 'Mlops-Storage-Uri',
  previousStorageUri: 'Mlops-Previous-Storage-Uri',
  rollbackOf: 'Mlops-Rollback-Of',
  runId: 'Mlops-Run-Id',
  runUrl: 'Mlops-Run-Url',
  changeId: 'Mlops-Change-Id',
} as const

/**
 * The message of a commit: what people read, then the trailers in a paragraph of their own. Empty values
 * are left out.
 */
export function formatMessage(
  text: string,
  trailers: Iterable<readonly [string, string | undefined]>,
): string {
  const lines = [...trailers].flatMap(([key, value]) => {
    const line = onOneLine(value ?? '')
    return line === '' ? [] : [`${key}: ${line}`]
  })
  return `${plainText(text)}\n\n${lines.join('\n')}\n`
}

/** The trailers of a message: its last paragraph, where every line has to be one. */
export function parseTrailers(message: string): Trailers {
  const lines =
    message
      .trimEnd()
      .split(/\n\s*\n/)
      .at(-1)
      ?.split('\n') ?? []
  const pairs = lines.map((line) => /^([A-Za-z][A-Za-z0-9-]*): (.*)$/.exec(line))
  if (pairs.some((pair) => pair === null)) return new Map()
  return new Map(pairs.map((pair) => [pair?.[1] ?? '', pair?.[2] ?? '']))
}

/** A value cannot start a line of its own, and so cannot write another trailer. */
function onOneLine(value: string): string {
  return value.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim()
}

/** Text of several lines without other control characters; never empty, for git needs a subject. */
function plainText(text: string): string {
  const plain = text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, ' ')
    .trim()
  return plain === '' ? 'Change the manifest' : plain
}
