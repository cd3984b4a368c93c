import { mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { type Fixture, startFixture } from './fixture.ts'

let fixture: Fixture
beforeEach(async () => {
  fixture = await startFixture()
  await mkdir(join(fixture.workspace, 'docker'))
  await fixture.write({
    'docker/Real': 'FROM scratch\nCOPY model.txt /\n',
    'shared/Real': 'FROM scratch\nCOPY model.txt /\n',
    'app/model.txt': 'weights',
  })
})
afterEach(() => fixture.close())

async function link(name: string, target: string): Promise<void> {
  await symlink(target, join(fixture.workspace, 'docker', name))
}

const build = (file: string) => fixture.push({ context: 'app', file, tags: file.replace('/', '-') })

test('what leaves files out beside a link is heeded, in the build and in the content key', async () => {
  await link('link', 'Real')
  const whole = await build('docker/link')
  expect(whole.failure).toBeUndefined()
  await fixture.write({ 'docker/link.dockerignore': 'model.txt\n' })
  const { failure } = await build('docker/link')
  expect(failure?.code).toBe('COPY_SOURCE')
  expect((await fixture.calls()).words).toContain(`--file=${join(fixture.workspace, 'docker/link')}`)
})

test('the folder of a link may be one too', async () => {
  await link('link', 'Real')
  await symlink('docker', join(fixture.workspace, 'way'))
  await fixture.write({ 'docker/link.dockerignore': 'model.txt\n' })
  expect((await build('way/link')).failure?.code).toBe('COPY_SOURCE')
})

const away: [what: string, target: () => string][] = [
  ['to another folder', () => '../shared/Real'],
  ['by an absolute path', () => join(fixture.workspace, 'shared/Real')],
  ['by another link', () => 'second'],
]
test.each(away)(
  'a link %s, which buildx does not follow, is built as the file behind it',
  async (_, target) => {
    await link('second', '../shared/Real')
    await link('link', target())
    expect((await build('docker/link')).failure).toBeUndefined()
    expect((await fixture.calls()).words).toContain(`--file=${join(fixture.workspace, 'shared/Real')}`)
  },
)
