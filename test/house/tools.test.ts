import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { assertTools } from '../tools.ts'
import { makeTree } from './tree.ts'

/** A PATH that holds these programs only, each a script of one line. */
function withPrograms(programs: Readonly<Record<string, string>>): () => void {
  return () => {
    const files = Object.entries(programs).map(([name, line]) => [name, `#!/bin/sh\n${line}\n`] as const)
    using tree = makeTree({ 'git-http-backend-of/git-http-backend': '', ...Object.fromEntries(files) })
    for (const [name] of files) chmodSync(join(tree.root, name), 0o755)
    assertTools({ PATH: tree.root, TREE: tree.root })
  }
}

const git = 'echo "$TREE/git-http-backend-of"'

test.each([
  ['git', {}, 'need git on the PATH'],
  ['the HTTP server of git', { git: 'echo /nowhere' }, 'need git-http-backend, which is not in /nowhere'],
  ['python3', { git }, 'need python3 on the PATH'],
])('a machine without %s is told so in one sentence', (_name, programs, want) => {
  expect(withPrograms(programs)).toThrow(want)
})

test('a machine with all of them passes', () => {
  expect(withPrograms({ git, python3: 'exit 0' })).not.toThrow()
})
