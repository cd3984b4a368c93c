import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, describe, expect, test } from '@jest/globals'
import { runWorkflow } from '../src/index.ts'
import { createFixture, git, step } from './fixture.ts'

const fixture = createFixture()
afterAll(fixture.remove)

const workflow = (steps: string) => `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n${steps}`

describe('the stand-in for actions/checkout', () => {
  test('checks out the commit of the run on its branch, one commit deep, ready to push from', async () => {
    const root = fixture.repository('shallow', {
      'a.txt': 'one\n',
      '.github/workflows/w.yml': workflow(`
      - uses: actions/checkout@v4
      - { id: s, run: 'cat a.txt; git rev-list --count HEAD; git branch --show-current; git rev-parse HEAD; git remote' }
      - run: |
          git config user.name t && git config user.email t@example.com
          echo two > a.txt && git commit --quiet --all --message=second && git push --quiet origin HEAD:other`),
    })
    git(root, 'reset', '--quiet')
    git(
      root,
      '-c',
      'user.name=t',
      '-c',
      'user.email=t@example.com',
      'commit',
      '--quiet',
      '--allow-empty',
      '--message=more',
    )
    const sha = git(root, 'rev-parse', 'HEAD')
    const result = await runWorkflow({
      repository: { root, name: 'octo/churn' },
      workflow: '.github/workflows/w.yml',
      event: { name: 'push' },
    })
    expect(result.conclusion).toBe('success')
    expect(step(result, 'a', 's').log.slice(-5)).toEqual(['one', '1', 'main', sha, 'origin'])
    expect(git(root, 'show', 'other:a.txt')).toBe('two')
  })

  test('takes another repository, ref, path and the whole history', async () => {
    const other = fixture.repository('gitops', { 'k.yaml': 'v1' })
    git(other, 'tag', 'v1')
    git(
      other,
      '-c',
      'user.name=t',
      '-c',
      'user.email=t@example.com',
      'commit',
      '--quiet',
      '--allow-empty',
      '--message=more',
    )
    const result = await fixture.run(
      workflow(`
      - { id: tag, uses: actions/checkout@v4, with: { repository: octo/gitops, ref: v1, path: tag } }
      - { id: all, uses: actions/checkout@v4, with: { repository: octo/gitops, ref: main, path: all, fetch-depth: 0 } }
      - { id: s, run: 'cat tag/k.yaml; echo; git -C tag rev-list --count HEAD; git -C all rev-list --count HEAD; git -C all tag' }`),
      { actionSources: { 'octo/gitops': other } },
    )
    expect(step(result, 'a', 's').log.slice(-4)).toEqual(['v1', '1', '2', 'v1'])
    expect(step(result, 'a', 'all').outputs['commit']).toBe(git(other, 'rev-parse', 'HEAD'))
  })

  test('says which ref is missing and which inputs it does not know', async () => {
    const result = await fixture.run(
      workflow(`
      - { id: ref, uses: actions/checkout@v4, with: { ref: nowhere }, continue-on-error: true }
      - { id: lfs, uses: actions/checkout@v4, with: { lfs: true }, continue-on-error: true }
      - { id: url, uses: actions/checkout@v4, with: { github-server-url: 'https://ghe.example' }, continue-on-error: true }
      - { id: keep, uses: actions/checkout@v4, with: { clean: false }, continue-on-error: true }`),
    )
    expect(step(result, 'a', 'ref').annotations[0]?.message).toBe(
      "A branch or tag with the name 'nowhere' could not be found",
    )
    expect(step(result, 'a', 'lfs').annotations[0]?.message).toContain('does not support: lfs')
    expect(step(result, 'a', 'url').annotations[0]?.message).toContain('does not support: github-server-url')
    expect(step(result, 'a', 'keep').annotations[0]?.message).toContain('does not support: clean')
  })

  test('sends its token over HTTP, keeps it out of the clone and takes it away again', async () => {
    const seen: (string | undefined)[] = []
    const server = createServer((request, response) => {
      seen.push(request.headers.authorization)
      response.writeHead(404).end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const result = await fixture.run(
      workflow(`
      - { id: c, uses: actions/checkout@v4, continue-on-error: true }
      - { id: s, run: 'cat .git/config; ls "$RUNNER_TEMP"; git config --get-regexp extraheader' }`),
      { serverUrl: `http://127.0.0.1:${port}`, githubToken: 'ghs_sesame' },
    )
    server.close()
    expect(seen[0]).toBe(`basic ${Buffer.from('x-access-token:ghs_sesame').toString('base64')}`)
    const log = step(result, 'a', 's').log.join('\n')
    expect(log).toContain('includeIf')
    expect(log).toContain('AUTHORIZATION: basic ***')
    expect(log).not.toContain('ghs_sesame')
  })
})

test('artifacts go from job to job, cut at their common directory', async () => {
  const result = await fixture.run(`
on: push
jobs:
  a:
    runs-on: x
    steps:
      - run: mkdir -p out/model/deep && echo w > out/model/weights && echo d > out/model/deep/d && echo h > out/model/.hidden && echo r > report.txt
      - { uses: actions/upload-artifact@v4, with: { name: model, path: out/model } }
      - { uses: actions/upload-artifact@v4, with: { name: report, path: report.txt } }
      - { uses: actions/upload-artifact@v4, with: { name: both, path: "out/**/d\\nreport.txt" } }
      - { id: twice, continue-on-error: true, uses: actions/upload-artifact@v4, with: { name: model, path: out } }
      - { id: nothing, uses: actions/upload-artifact@v4, with: { name: none, path: nowhere } }
      - { id: strict, continue-on-error: true, uses: actions/upload-artifact@v4, with: { path: nowhere, if-no-files-found: error } }
  b:
    runs-on: x
    needs: a
    steps:
      - { uses: actions/download-artifact@v5, with: { name: model, path: one } }
      - { uses: actions/download-artifact@v5, with: { path: all } }
      - { id: s, run: find . -type f | sort }
      - { id: missing, continue-on-error: true, uses: actions/download-artifact@v5, with: { name: moon } }
`)
  expect(step(result, 'b', 's').log.slice(-7)).toEqual([
    './all/both/out/model/deep/d',
    './all/both/report.txt',
    './all/model/deep/d',
    './all/model/weights',
    './all/report/report.txt',
    './one/deep/d',
    './one/weights',
  ])
  expect(step(result, 'a', 'twice').annotations[0]?.message).toContain('already exists')
  expect(step(result, 'a', 'nothing')).toMatchObject({
    conclusion: 'success',
    annotations: [{ level: 'warning' }],
  })
  expect(step(result, 'a', 'strict').outcome).toBe('failure')
  expect(step(result, 'b', 'missing').annotations[0]?.message).toContain('Artifact not found for name: moon')
})

test('a bare repository will do, at any of its commits', async () => {
  const root = fixture.repository('work', {
    '.github/workflows/w.yml': workflow('      - uses: actions/checkout@v4\n      - { id: s, uses: $/act }'),
    'act/action.yml': 'runs: { using: node24, main: m.cjs }',
    'act/m.cjs': "console.log('first')",
  })
  const sha = git(root, 'rev-parse', 'HEAD')
  const bare = `${fixture.directory}/bare.git`
  git(root, 'reset', '--quiet')
  git(root, 'rm', '--quiet', '-r', 'act')
  git(root, '-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '--quiet', '--message=without')
  git(root, 'clone', '--quiet', '--bare', root, bare)
  const result = await runWorkflow({
    repository: { root: bare, name: 'octo/churn', sha },
    workflow: '.github/workflows/w.yml',
    event: { name: 'push' },
  })
  expect(step(result, 'a', 's').log.at(-1)).toBe('first')
})

test('the package runs under plain node, where the official packages need a loader', async () => {
  const root = fixture.repository('plain', {
    '.github/workflows/w.yml': workflow("      - { id: s, run: 'echo ${{ github.ref_name }}' }"),
  })
  const index = pathToFileURL(join(import.meta.dirname, '../src/index.ts')).href
  const options = {
    repository: { root, name: 'octo/churn' },
    workflow: '.github/workflows/w.yml',
    event: { name: 'push' },
  }
  const script = `const { runWorkflow } = await import('${index}'); console.log((await runWorkflow(${JSON.stringify(options)})).log.at(-1))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script])
  expect(stdout.trim()).toBe('main')
})
