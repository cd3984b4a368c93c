import { deepStrictEqual, match } from 'node:assert'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Check } from '../../scripts/real/peer.ts'
import type { ImageStore } from './docker-engine.ts'
import { type Prepared, stepIn } from './docker-stack.ts'

/** A Dockerfile that is a link: what buildx reads beside it, and what it cannot read. */
export async function checkLink(prepared: Prepared, store: ImageStore, check: Check): Promise<void> {
  const workspace = join(prepared.folder, `link-${store}`)
  for (const name of ['app', 'docker', 'shared']) mkdirSync(join(workspace, name), { recursive: true })
  const text = 'FROM scratch\nCOPY left-out.txt /\n'
  for (const name of ['docker/Real', 'shared/Real']) writeFileSync(join(workspace, name), text)
  writeFileSync(join(workspace, 'app/left-out.txt'), store)
  for (const name of ['link', 'away'])
    writeFileSync(join(workspace, `docker/${name}.dockerignore`), 'left-out.txt\n')
  symlinkSync('Real', join(workspace, 'docker/link'))
  symlinkSync('../shared/Real', join(workspace, 'docker/away'))
  const build = (file: string) =>
    stepIn(prepared, store, workspace)({ context: 'app', file, tags: `${store}-link` })
  await check(
    `[${store}] what a .dockerignore beside the link of a Dockerfile leaves out is not there`,
    async () => {
      const { outputs, errors, stdout } = await build('docker/link')
      deepStrictEqual(outputs['failure-kind'], 'workload', stdout)
      match(errors[0]?.message ?? '', /Put \/left-out\.txt into the context/)
    },
  )
  await check(`[${store}] a link to a Dockerfile in another folder is built`, async () => {
    const { code, stdout } = await build('docker/away')
    deepStrictEqual(code, 0, stdout)
  })
}
