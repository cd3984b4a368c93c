import { adviceMarkdown, escapeMarkdown, inlineCode } from '@mlops-actions/diagnostics'
import type { FindingVerdict, Ignored, JudgedFinding } from '@mlops-actions/ecr'
import { formatCount, formatDuration } from '@mlops-actions/text'
import type { Inputs } from './inputs.ts'
import { countsSentence } from './scan-counts.ts'
import type { Scanned } from './scan-gate.ts'

const SHOWN = 20
const LONGEST_CELL = 100

const VERDICTS: Readonly<Record<FindingVerdict, string>> = {
  fails: '**fails**',
  below: 'shown only',
  ignored: 'ignored',
  'no-fix': 'no fix',
}

type Wanted = Pick<Inputs, 'failOnSeverity' | 'onlyFixable' | 'ignore'>

/** The section of the summary about the scan. Every text of a finding is the scanner's and is shown as text. */
export function scanSection(wanted: Wanted, { images, judgement, waited }: Scanned): string[] {
  const { findings, expired, unused } = judgement
  const enhanced = images.some(({ scan }) => scan.mode === 'enhanced')
  return [
    '### Scan',
    '',
    `${verdictSentence(wanted, findings)} Found: ${countsSentence(findings)}, by ${enhanced ? 'enhanced' : 'basic'} scanning, after ${formatDuration(waited)}.`,
    '',
    ...notes(wanted, findings, { expired, unused }).flatMap((note) => [note, '']),
    ...table(findings, images.length > 1),
  ]
}

function verdictSentence({ failOnSeverity }: Wanted, findings: readonly JudgedFinding[]): string {
  if (failOnSeverity === undefined)
    return 'Nothing that was found fails this step, because `fail-on-severity` is not given.'
  const failing = findings.filter(({ verdict }) => verdict === 'fails').length
  return `${failing === 0 ? 'No finding' : `**${formatCount(failing, 'finding')}**`} of ${failOnSeverity} or worse ${failing > 1 ? 'fail' : 'fails'} this step.`
}

function notes(
  { onlyFixable, ignore }: Wanted,
  findings: readonly JudgedFinding[],
  { expired, unused }: { readonly expired: readonly Ignored[]; readonly unused: readonly Ignored[] },
): string[] {
  const unknown =
    onlyFixable && findings.some(({ fixable, verdict }) => verdict === 'fails' && fixable === undefined)
  const used = ignore.filter((entry) => !expired.includes(entry) && !unused.includes(entry))
  return [
    ...(unknown
      ? [
          '`only-fixable` lets nothing pass of which the scanner does not say whether it has a fix; basic scanning never does.',
        ]
      : []),
    ...listOf('⚠️ Ignored no longer', expired),
    ...listOf('Ignored', used),
    ...listOf('In `ignore`, but not found', unused),
  ]
}

function listOf(title: string, entries: readonly Ignored[]): string[] {
  if (entries.length === 0) return []
  const shown = entries.slice(0, SHOWN).map(({ id, until, reason }) => {
    const date = until === undefined ? '' : ` until ${until}`
    return `${inlineCode(id)}${date}${reason === '' ? '' : ` (${escapeMarkdown(cut(reason))})`}`
  })
  const rest = entries.length - shown.length
  return [`${title}: ${shown.join(', ')}${rest > 0 ? `, and ${rest} more` : ''}.`]
}

function table(findings: readonly JudgedFinding[], several: boolean): string[] {
  if (findings.length === 0) return []
  const rest = findings.slice(SHOWN)
  return [
    `| severity | vulnerability | package | fixed in |${several ? ' platform |' : ''} |`,
    `|:--|:--|:--|:--|${several ? ':--|' : ''}:--|`,
    ...findings.slice(0, SHOWN).map((finding) => row(finding, several)),
    '',
    ...(rest.length === 0
      ? []
      : [`And ${rest.length.toLocaleString('en-US')} more: ${countsSentence(rest)}.`, '']),
  ]
}

function row(
  { severity, id, packages, fixedIn, platforms, verdict }: JudgedFinding,
  several: boolean,
): string {
  const fix = fixedIn === '' ? '' : inlineCode(cut(fixedIn))
  const cells = [
    severity,
    inlineCode(cut(id)),
    packages === '' ? '' : inlineCode(cut(packages)),
    fix,
    ...(several ? [inlineCode(cut(platforms.join(', ')))] : []),
    VERDICTS[verdict],
  ]
  return `| ${cells.join(' | ')} |`
}

function cut(text: string): string {
  return text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL)}…` : text
}

/** What stands above everything else where the gate is closed. */
export function closedSection(
  repository: string,
  digest: string,
  { what, seen, next }: { readonly what: string; readonly seen: string; readonly next: string },
): string[] {
  return [
    `## ❌ ${inlineCode(repository)} has an image that may not be deployed: ${escapeMarkdown(what)}`,
    '',
    `**Why:** ${escapeMarkdown(seen)}`,
    '',
    `**Do this:** ${adviceMarkdown(next)}`,
    '',
    `The image is in the repository: ${inlineCode(`${repository}@${digest}`)}.`,
    '',
  ]
}
