/** `Key: value` lines at the end of a commit message (git-interpret-trailers(1)). */
export type Trailers = ReadonlyMap<string, string>

/**
 * Which keys are written by whom. Argo CD shows its own beside the revision (source-hydrator.md, Argo CD >=
 * 3.1).
 */
export const TRAILER = {
  referenceAuthor: 'Argocd-reference-commit-author',
  referenceSha: 'Argocd-reference-commit-sha',
  referenceSubject: 'Argocd-reference-commit-subject',
  referenceBody: 'Argocd-reference-commit-body',
  referenceDate: 'Argocd-reference-commit-date',
  referenceRepository: 'Argocd-reference-commit-repourl',
  target: 'Mlops-Target',
  image: 'Mlops-Image',
  previousImage: 'Mlops-Previous-Image',
  storageUri: 'Mlops-Storage-Uri',
  previousStorageUri: 'Mlops-Previous-Storage-Uri',
  /** Follows a value, as JSON: its target, where the label does not lead back to it. */
  at: 'Mlops-At',
  /** Any other value, as JSON. */
  value: 'Mlops-Value',
  modelVersion: 'Mlops-Model-Version',
  dataMd5: 'Mlops-Data-Md5',
  environment: 'Mlops-Environment',
  approver: 'Mlops-Approver',
  kfpRun: 'Mlops-Kfp-Run',
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

/** One line of a commit message that is a trailer. */
export type TrailerLine = readonly [key: string, value: string]

/**
 * The trailers of a message: those that this collection wrote, the newest where there are more, or else its last
 * paragraph, where every line has to be one.
 */
export function parseTrailers(message: string): Trailers {
  const ours = parseTrailerBlocks(message).at(-1)
  if (ours !== undefined) return new Map(ours)
  const pairs = paragraphsOf(message).at(-1)?.map(parseLine) ?? []
  return pairs.every((pair) => pair !== undefined) ? new Map(pairs) : new Map()
}

/**
 * Every paragraph of trailers that this collection wrote, oldest first, wherever in the message it stands: who merges a
 * pull request by squash or by a queue gets the messages of its commits one after the other, with lines of GitHub's
 * behind them (`---------`, `Co-authored-by:`). What users write cannot look like one, see {@link formatMessage}.
 */
export function parseTrailerBlocks(message: string): readonly (readonly TrailerLine[])[] {
  return paragraphsOf(message)
    .map((lines) => lines.map(parseLine).filter((pair) => pair !== undefined))
    .filter((pairs) => pairs.some(([key]) => key === TRAILER.changeId))
}

function paragraphsOf(message: string): string[][] {
  return message
    .replaceAll('\r\n', '\n')
    .trimEnd()
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.split('\n'))
}

function parseLine(line: string): TrailerLine | undefined {
  const [, key, value] = /^([A-Za-z][A-Za-z0-9-]*): (.*)$/.exec(line) ?? []
  return key === undefined || value === undefined ? undefined : [key, value]
}

/** A value cannot start a line of its own, and so cannot write another trailer. */
function onOneLine(value: string): string {
  return value.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim()
}

/**
 * Text of several lines without other control characters, and without lines that would be read as our trailers; never
 * empty, for git needs a subject.
 */
function plainText(text: string): string {
  const plain = text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, ' ')
    .trim()
    .replace(/^[^\S\n]*(?=(?:mlops|argocd)-[\w-]*\s*:)/gim, '> ')
  return plain === '' ? 'Change the manifest' : plain
}
