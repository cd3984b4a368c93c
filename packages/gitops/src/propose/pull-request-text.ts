import { codeFence, escapeMarkdown, inlineCode } from '@mlops-actions/diagnostics'
import type { PullRequestText } from '@mlops-actions/github'

export interface ProposedValue {
  /** "image" */
  readonly name: string
  /** Undefined where nothing stood there. */
  readonly before: string | undefined
  readonly after: string
}

export interface ProposalText {
  /** Replaces the first line of the commit's message. */
  readonly title: string | undefined
  readonly message: string
  readonly values: readonly ProposedValue[]
  /** As `diff -u` writes it. */
  readonly diff: string
  /** Label and address: the run, the commit of the product. Links without an address are left out. */
  readonly links: readonly { readonly text: string; readonly url: string }[]
}

/** GitHub takes 256 characters of a title, and 65,536 of a body. */
const LONGEST_TITLE = 256
const LONGEST_DIFF = 40_000

/** Pure: what people read who have to decide. What comes from outside is text in it, and mentions nobody. */
export function formatPullRequest(text: ProposalText): PullRequestText {
  const { values, diff, links } = text
  const rows = values.map(
    ({ name, before, after }) => `| ${escapeMarkdown(name)} | ${cell(before)} | ${cell(after)} |`,
  )
  const known = links.filter(({ url }) => url !== '')
  const body = [
    ['| | now | proposed |', '|:--|:--|:--|', ...rows].join('\n'),
    `<details open><summary>The change</summary>\n\n${codeFence(cut(diff), 'diff')}\n\n</details>`,
    known.map(({ text: label, url }) => `- [${escapeMarkdown(label)}](${encodeURI(url)})`).join('\n'),
    'The branch of this pull request belongs to the step that opened it: the next version takes its place here. Commits of others on it stop that.',
  ]
  return { title: titleOf(text), body: body.filter((part) => part !== '').join('\n\n') }
}

const CLOSED_BY_STEP = 'Closed by the step that opened it: '

/** Pure: the body of one that the step itself closes. It says so: the login is that of a person where the token is. */
export function closedBody(branch: string, body: string): string {
  return `${CLOSED_BY_STEP}${branch} has what was last wished for.\n\n${body}`
}

export function isClosedByStep(body: string): boolean {
  return body.startsWith(CLOSED_BY_STEP)
}

function titleOf({ title, message }: ProposalText): string {
  const [first = ''] = (title ?? message).trim().split('\n')
  const plain = first.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim()
  return plain.length > LONGEST_TITLE ? `${plain.slice(0, LONGEST_TITLE - 1)}…` : plain
}

function cell(value: string | undefined): string {
  return value === undefined || value === '' ? 'nothing' : inlineCode(value.slice(0, 2_000))
}

function cut(diff: string): string {
  if (diff.length <= LONGEST_DIFF) return diff
  const end = diff.lastIndexOf('\n', LONGEST_DIFF)
  return `${diff.slice(0, end > 0 ? end : LONGEST_DIFF)}\n… the rest is in the commit`
}
