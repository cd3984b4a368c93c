import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { commitFiles } from '@mlops-actions/sandbox/github'
import { extractTree, fetchBranch } from '../src/index.ts'
import { type Fixture, startFixture } from './fixture.ts'

let fixture: Fixture
beforeEach(async () => {
  fixture = await startFixture()
})
afterEach(() => fixture.close())

test('the files of a commit are as their bytes are, whatever its attributes ask for', async () => {
  const files = {
    '.gitattributes': '*.yaml text eol=crlf ident\n*.txt working-tree-encoding=UTF-16\n*.old crlf\n',
    'a.yaml': 'a: 1\n# $Id$\n',
    'k8s/.gitattributes': '* text eol=crlf\n',
    'k8s/b.yaml': 'b: 1\n',
    'c.txt': 'c\n',
    'd.old': 'd\n',
    'windows.yaml': 'a: 1\r\nb: 2\r\n',
  }
  await commitFiles(fixture.server.state, fixture.remote, { files, message: 'Attributes' })
  const repository = await fixture.open()
  const folder = join(fixture.temp, 'tree')
  await mkdir(folder)
  await extractTree(repository, await fetchBranch(repository, 'main'), folder)
  const written = Object.keys(files).map(async (path) => [path, await readFile(join(folder, path), 'utf8')])
  expect(Object.fromEntries(await Promise.all(written))).toEqual(files)
})
