// node scripts/node24.mjs scripts/github-openapi.ts: cuts what the sandbox's GitHub is checked against out of GitHub's own
// OpenAPI description. The package with all of it has 404 MB, of which this leaves some kilobytes, so it is no dependency.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { runOrThrow } from './command.ts'
import { cutOperations } from './openapi/cut.wire.ts'

const PACKAGE = '@octokit/openapi@23.0.2'
const DESCRIPTION = 'package/generated/api.github.com.json'
const TARGET = resolve(import.meta.dirname, '../packages/sandbox/src/github/fixtures/openapi.json')

const OPERATIONS = [
  'GET /repos/{owner}/{repo}/git/blobs/{file_sha}',
  'POST /repos/{owner}/{repo}/git/blobs',
  'POST /repos/{owner}/{repo}/git/trees',
  'POST /repos/{owner}/{repo}/git/commits',
  'POST /repos/{owner}/{repo}/issues/{issue_number}/labels',
  'POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers',
  'GET /repos/{owner}/{repo}/issues/{issue_number}/timeline',
  'GET /repos/{owner}/{repo}/compare/{basehead}',
]

const folder = mkdtempSync(join(tmpdir(), 'github-openapi-'))
try {
  const archive = (await runOrThrow('npm', ['pack', '--silent', PACKAGE], folder)).trim()
  await runOrThrow('tar', ['xzf', archive, DESCRIPTION], folder)
  const cut = cutOperations(readFileSync(join(folder, DESCRIPTION), 'utf8'), OPERATIONS)
  const origin = `${PACKAGE} ${DESCRIPTION}, cut by scripts/github-openapi.ts; license MIT, GitHub`
  writeFileSync(TARGET, `${JSON.stringify({ $comment: origin, ...cut })}\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
