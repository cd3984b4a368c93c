import { match, notStrictEqual, ok, strictEqual } from 'node:assert'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Check } from '../../scripts/real/peer.ts'
import type { StepResult } from '../harness/bundle.ts'
import { docker } from './buildkit.ts'
import { type Engine, type ImageStore, startEngine } from './docker-engine.ts'
import { checkInside } from './docker-inside.ts'
import { type CancelWhen, type Prepared, REPOSITORY, shownBy, whenSaid } from './docker-stack.ts'

const SERVER =
  'FROM scratch\nCOPY sh /bin/sh\nCOPY sh /bin/httpd\nCOPY sh /bin/sleep\nCOPY sh /bin/echo\nCOPY www/ /www/\n'
const FILES = {
  'www/ready': 'yes',
  'Serving.Dockerfile': `${SERVER}EXPOSE 8080\nCMD ["/bin/sh","-c","sleep 1; httpd -f -p 8080 -h /www"]\n`,
  'Two.Dockerfile': `${SERVER}EXPOSE 8080 9090\nCMD ["/bin/httpd","-f","-p","8080","-h","/www"]\n`,
  'Ending.Dockerfile': `${SERVER}EXPOSE 8080\nCMD ["/bin/sh","-c","echo no model at /mnt/models; exit 3"]\n`,
  'Silent.Dockerfile': `${SERVER}EXPOSE 8080\nCMD ["/bin/sleep","600"]\n`,
  'Nothing.Dockerfile': `${SERVER}EXPOSE 8080\nCMD ["/bin/nothing"]\n`,
  'Wants.Dockerfile': `${SERVER}EXPOSE 8080\nCMD ["/bin/sh","-c","echo key has \${#API_KEY} characters; test -n \\"$API_KEY\\" && httpd -f -p 8080 -h /www"]\n`,
}

type Step = (inputs: Record<string, string>, engine: Engine, cancelWhen?: CancelWhen) => Promise<StepResult>

/** Images that are started before they are pushed, by an engine that has a network. */
export async function checkSmoke(
  prepared: Prepared,
  store: ImageStore,
  workspace: string,
  step: Step,
  check: Check,
): Promise<void> {
  const { root, folder, registry, engines } = prepared
  mkdirSync(join(workspace, 'www'), { recursive: true })
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(workspace, name), text)
  const engine = await startEngine(root, join(folder, `smoke-${store}`), { store, bridge: true })
  const smoke = (file: string, more: Record<string, string> = {}, cancelWhen?: CancelWhen) =>
    step(
      {
        file: `${file}.Dockerfile`,
        tags: `${store}-${file.toLowerCase()}`,
        smoke: '/ready',
        reuse: 'false',
        ...more,
      },
      engine,
      cancelWhen,
    )
  /** Whatever became of it. */
  const nothingLeft = async (): Promise<void> => {
    strictEqual(await docker(engine, ['ps', '--all', '--quiet']), '', 'a container is left')
    ok(!(await docker(engine, ['images'])).includes('mlops-actions-smoke'), 'an image is left')
  }
  const notPushed = async (file: string): Promise<void> =>
    strictEqual(await registry.manifest(REPOSITORY, `${store}-${file.toLowerCase()}`), undefined)
  try {
    await check(`[${store}] an image that answers is pushed, and it is the one that answered`, async () => {
      const { code, outputs, stdout, summary } = await smoke('Serving', { 'no-cache': 'true' })
      strictEqual(code, 0, stdout)
      match(summary, /Started and asked: \/ready on port 8080 answered 200/)
      notStrictEqual(await registry.manifest(REPOSITORY, `${store}-serving`), undefined)
      strictEqual(JSON.parse(outputs['report'] ?? '{}').smoke?.status, 200)
      await nothingLeft()
    })
    await check(
      `[${store}] an image that ends is not pushed; its exit code and its last words are said`,
      async () => {
        const { code, outputs, stdout, summary, errors } = await smoke('Ending')
        strictEqual(code, 1, stdout)
        strictEqual(outputs['failure-kind'], 'workload')
        match(errors[0]?.message ?? '', /the container has exited with code 3/)
        match(stdout, /no model at \/mnt\/models/)
        match(summary, /no model at \/mnt\/models/)
        await notPushed('Ending')
        await nothingLeft()
      },
    )
    await check(`[${store}] an image that never answers is not pushed`, async () => {
      const { code, errors, outputs } = await smoke('Silent', { 'smoke-timeout': '3s' })
      strictEqual(code, 1)
      strictEqual(outputs['failure-kind'], 'workload')
      match(errors[0]?.message ?? '', /it runs, and does not answer yet/)
      await notPushed('Silent')
      await nothingLeft()
    })
    await check(`[${store}] an image that answers otherwise is not pushed`, async () => {
      const { code, errors } = await smoke('Serving', {
        tags: `${store}-otherwise`,
        smoke: '/nowhere',
        'smoke-timeout': '3s',
      })
      strictEqual(code, 1)
      match(errors[0]?.message ?? '', /it runs, and answers 404 to \/nowhere/)
      await notPushed('otherwise')
    })
    await check(`[${store}] an image that cannot be started is named with what the engine says`, async () => {
      const { code, errors, outputs } = await smoke('Nothing')
      strictEqual(code, 1)
      strictEqual(outputs['failure-kind'], 'workload')
      match(errors[0]?.message ?? '', /\/bin\/nothing/)
      await nothingLeft()
    })
    await check(`[${store}] the port is the one that is exposed, or has to be said`, async () => {
      const { errors } = await smoke('Two')
      match(errors[0]?.message ?? '', /the image exposes the ports 8080, 9090/)
      const { code, stdout } = await smoke('Two', { smoke: '8080/ready' })
      strictEqual(code, 0, stdout)
    })
    await check(`[${store}] a variable reaches the image, and its value is shown nowhere`, async () => {
      const value = 'c4n4ry-of-the-smoke'
      const asked = await smoke('Wants', { 'smoke-env': `API_KEY=${value}` })
      strictEqual(asked.code, 0, asked.stdout)
      for (const text of shownBy(asked)) ok(!text.includes(value), 'the value is shown')
      match((await smoke('Wants')).stdout, /key has 0 characters/)
    })
    await check(`[${store}] without a push it is started all the same`, async () => {
      const { code, stdout, summary } = await smoke('Serving', { push: 'false', tags: `${store}-unpushed` })
      strictEqual(code, 0, stdout)
      match(summary, /Started and asked/)
      await notPushed('unpushed')
    })
    await check(`[${store}] a cancel in the middle leaves no container`, async () => {
      const { code, outputs } = await smoke(
        'Silent',
        { 'smoke-timeout': '60s' },
        whenSaid('does not answer yet'),
      )
      strictEqual(code, 130)
      strictEqual(outputs['failure-kind'], 'cancelled')
      await nothingLeft()
    })
    await checkInside({ prepared, store, engine, workspace }, check)
    await check(`[${store}] without an engine nothing is built, and the input is named`, async () => {
      const gone = { ...engines[store], env: { ...engines[store].env, DOCKER_HOST: 'unix:///nowhere' } }
      const { code, errors, stdout } = await step({ tags: 'x', smoke: '/ready', reuse: 'false' }, gone)
      strictEqual(code, 1)
      match(errors[0]?.message ?? '', /the input `smoke`[\s\S]*there is no Docker engine/)
      ok(!stdout.includes('Build the image'), 'it was built')
    })
  } finally {
    await engine.stop()
  }
}
