import { beforeAll, describe, expect, test } from '@jest/globals'
import { inspectMachine } from '../demo/machine.ts'
import { formatPage } from '../demo/report/page.ts'
import type { ScenarioName, Scene } from '../demo/scene.ts'
import { type Story, tellStory } from '../demo/story.ts'
import { silentTerminal } from '../demo/terminal.ts'

/** Values that must not stand anywhere where people or machines read. */
let secrets: readonly string[]
let told: Story
const printed: string[] = []

beforeAll(async () => {
  told = await tellStory({
    scenarios: ['today', 'broken', 'fixed'],
    machine: await inspectMachine(),
    terminal: { ...silentTerminal, line: (text = '') => printed.push(text) },
    signal: AbortSignal.timeout(240_000),
    epilogue: async (_story, { sandbox }) => {
      const all = Object.values(sandbox.credentials)
      const values = all.map((one) => (typeof one === 'string' ? one : one.secretAccessKey))
      secrets = [...values, sandbox.registryAuth.password]
    },
  })
}, 250_000)

function scene(name: ScenarioName): Scene {
  const found = told.scenes.find((one) => one.name === name)
  if (found === undefined) throw new Error(`${name} was not played`)
  return found
}

describe.each<ScenarioName>(['today', 'broken', 'fixed'])('the act %s', (name) => {
  test('is as it is told', () => {
    expect(scene(name).claims.filter(({ held }) => !held)).toEqual([])
    expect(scene(name).claims.length).toBeGreaterThan(3)
  })

  test('loses no request of a customer', () => {
    const { sent, lost, reasons } = scene(name).traffic
    expect({ lost, reasons }).toEqual({ lost: 0, reasons: [] })
    expect(sent).toBeGreaterThan(50)
  })
})

test('the run of the last act, started again, finds its image and builds none, and the page says so', () => {
  const { claims, notes, objects } = scene('fixed')
  const held = claims.filter(({ held }) => held).map(({ text }) => text)
  expect(held).toEqual(
    expect.arrayContaining(['started again, it builds no image', 'started again, it deploys nothing']),
  )
  const digest = objects.find(({ system }) => system === 'ECR')?.identity.slice(0, 13)
  const note = `started again: image ${digest} is there already, nothing was built; nothing was deployed`
  expect(notes).toEqual([note, expect.stringMatching(/^in an empty workspace: /)])
  expect(formatPage(told, new Date(0))).toContain(note)
})

test('an empty workspace gets the data of the last commit by dvc-pull, and the page says so', () => {
  const { claims, notes, commit } = scene('fixed')
  const note = `in an empty workspace: dvc-pull brought the data of ${commit.slice(0, 7)}, `
  expect(claims.filter(({ held }) => held).map(({ text }) => text)).toContain(
    'an empty workspace gets the data of its commit, byte for byte',
  )
  expect(notes[1]).toMatch(new RegExp(`^${note}\\d+ bytes$`))
  expect(formatPage(told, new Date(0))).toContain(note)
})

test('the workflow of today is green while v1 serves and v2 crashes', () => {
  const { result, serving } = scene('today')
  expect([result.conclusion, serving]).toEqual(['success', 'v1'])
})

test('of its docker push it is told which image came of it, whatever the builder printed', () => {
  const { entries, objects } = scene('today')
  const digest = objects.find(({ system }) => system === 'ECR')?.identity.slice(0, 13)
  const { text } = entries.find(({ label }) => label === 'docker push') ?? {}
  expect(text).toBe(`${digest} pushed as churn:${scene('today').commit.slice(0, 7)}`)
})

test('a step that prints nothing is said to, so that no line of the page is empty', () => {
  const told = scene('today').entries.map(({ label, text }) => [label, text])
  expect(told).toContainEqual(['sed', '(printed nothing)'])
  expect(told.filter(([, text]) => text === '')).toEqual([])
})

test('what mlops.yml could not deploy it took back, and only v1 ever answered', () => {
  const { result, serving, traffic, entries } = scene('broken')
  expect([result.conclusion, serving]).toEqual(['failure', 'v1'])
  expect([...traffic.versions.keys()]).toHaveLength(1)
  expect(entries.filter(({ failed }) => failed).map(({ label }) => label)).toEqual(['sync'])
  expect(entries.slice(-4).map(({ label }) => label)).toEqual(['rollback', 'resync', 'restored', 'report'])
})

test('the repaired server takes over from v1 without going back', () => {
  const { result, traffic, serving } = scene('fixed')
  expect([result.conclusion, serving]).toEqual(['success', 'v3'])
  expect(traffic.versions.size).toBe(2)
  expect(told.serving).toBe('v3')
})

test('a deployment is told once: by the step that failed, and by the last one, verdict first', () => {
  const summaries = told.scenes.flatMap(({ result }) =>
    result.jobs.flatMap((job) => job.steps).filter(({ summary }) => summary.trim() !== ''),
  )
  const heads = summaries.map(({ id, summary }) => `${id}: ${summary.split('\n')[0]}`)
  const parts = ['data', 'kfp', 'model', 'image']
  expect(summaries.map(({ id }) => id)).toEqual([...parts, 'sync', 'report', ...parts, 'report'])
  expect(heads[5]).toMatch(
    /^report: ## ❌ churn: the new version is not live on production\. The previous one was restored/,
  )
  expect(heads.at(-1)).toBe('report: ## ✅ churn serves its new version on production.')
})

test('every step that failed has one annotation', () => {
  const failed = told.scenes
    .flatMap(({ result }) => result.jobs.flatMap((job) => job.steps))
    .filter(({ conclusion }) => conclusion === 'failure')
  expect(
    failed.map(({ annotations }) => annotations.filter(({ level }) => level === 'error').length),
  ).toEqual([1])
})

test('no secret stands in a log, an output, a summary, on the terminal or on the page', () => {
  const results = JSON.stringify(told.scenes.map(({ result, messages }) => ({ result, messages })))
  const everything = `${results}${printed.join('\n')}${formatPage(told, new Date(0))}`
  expect(secrets.length).toBeGreaterThan(6)
  expect(secrets.filter((secret) => everything.includes(secret))).toEqual([])
})

test('the page says who built the images', () => {
  expect(formatPage(told, new Date(0))).toContain('images built by the sandbox&#39;s stand-in for docker')
  const builder = { ...told.machine.builder, name: 'Docker <28>', isReal: true }
  const page = formatPage({ ...told, machine: { ...told.machine, builder } }, new Date(0))
  expect(page.match(/Docker &#60;28&#62;/g)).toHaveLength(3)
  expect(page).not.toContain('stand-in for docker')
})

test('the page has a chart of every act, and in it every step and every summary of a step', () => {
  const page = formatPage(told, new Date(0))
  const sections = told.scenes.map(({ name }) => page.split(`id="${name}"`)[1]?.split('<section')[0] ?? '')
  for (const [index, { entries, result }] of told.scenes.entries()) {
    const section = sections[index] ?? ''
    const [act = '', below = ''] = section.split('<ul class="claims">')
    expect(act.match(/<svg class="gantt"/g)).toHaveLength(1)
    expect(act.match(/<rect class="bar /g)).toHaveLength(entries.length)
    const told = result.jobs.flatMap((job) => job.steps).filter(({ summary }) => summary.trim() !== '')
    const shown = below.match(/<details class="summary"[^>]*><summary>[^\n]*?<\/summary>\s*<h2>/g) ?? []
    expect(shown).toHaveLength(told.length)
  }
})

test('the page asks nothing of the network', () => {
  const page = formatPage(told, new Date(0))
  expect(page).not.toMatch(/<(script|link|img|iframe|object|embed|base|form)\b/i)
  expect(page).not.toMatch(/@import|url\(|\ssrc=|\son\w+="/i)
  for (const { identity } of told.scenes.flatMap(({ objects }) => objects)) expect(page).toContain(identity)
})
