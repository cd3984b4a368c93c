import type { PullProblem } from '@mlops-actions/dvc'

/** What to do about objects in an archive: how long that takes is the class's. */
export function restoreAdvice(problems: readonly PullProblem[]): string {
  const commands = restoreCommands(problems)
  const [only] = commands
  const after = 'run the step again when that is done, which takes minutes to two days'
  if (only === undefined)
    return 'Run the step again when the restore is done, which takes minutes to two days'
  const keepOut = 'and keep the remote out of lifecycle rules that archive'
  if (commands.length === 1 && !only.includes('`')) return `Restore it with \`${only}\`, ${after}, ${keepOut}`
  return `Restore them with \`${RESTORE_ALL}\`, where REPORT is the file of \`report-file\`, ${after}, ${keepOut}`
}

/** Over the report, which has them all; `@sh` quotes whatever a prefix may hold. */
const RESTORE_ALL =
  'jq -r \'[.problems[] | select(.kind == "archived" and (.restoring | not)) | @sh "aws s3api restore-object --bucket \\(.bucket) --key \\(.key) --restore-request Days=7"] | unique[]\' REPORT | sh'

/** One command for each object that nobody has asked for yet, for a shell. */
export function restoreCommands(problems: readonly PullProblem[]): readonly string[] {
  const commands = problems.flatMap(({ frozen }) =>
    frozen === undefined || frozen.restoring
      ? []
      : `aws s3api restore-object --bucket ${shellWord(frozen.bucket)} --key ${shellWord(frozen.key)} --restore-request Days=7`,
  )
  return [...new Set(commands)]
}

function shellWord(text: string): string {
  return /^[\w./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
