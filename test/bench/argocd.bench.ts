// What wait-argocd-sync costs: from the moment at which the server turns green to the end of the step, with the event stream
// and without it, requests while nothing happens, two hundred Applications, and the way to the first request. Beside what people
// write instead of it: a loop that reads the Application every three seconds. All against the sandbox's Argo CD.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { RESOURCES } from '@mlops-actions/sandbox/kubernetes'
import { type Company, configMap, startCompany } from '../../actions/wait-argocd-sync/test/company.ts'
import { step } from '../../actions/wait-argocd-sync/test/step.ts'
import { type BenchOptions, median, type Row, row } from '../../scripts/bench/measure.ts'
import { testWorld } from '../harness/world.ts'
import { measure } from './process.ts'

const BUNDLE = resolve(import.meta.dirname, '../../dist/wait-argocd-sync/index.js')
/** A wait looks once more that long after the first good look: Argo CD's timestamps have seconds. */
const CONFIRM_MS = 1_300
const LOOP_MS = 3_000
const MINUTE = 60_000
/** MB that two hundred Applications may take. */
const MOST_MEMORY = 150
const DEPLOYMENT = { type: RESOURCES.deployments, namespace: 'ml', name: 'churn' }

export async function rows({ quick }: BenchOptions): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'mlops-actions-bench-'))
  try {
    return [
      ...(await latencyRows(folder, quick ? 3 : 9)),
      await quietRow(),
      ...(await manyRows(folder, quick ? 50 : 200)),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** From green to the end of the process, beyond the look that confirms it; the loop runs beside it, on the same Application. */
async function latencyRows(folder: string, rounds: number): Promise<readonly Row[]> {
  const taken = {
    stream: [] as number[],
    polls: [] as number[],
    loop: [] as number[],
    start: [] as number[],
    bare: [] as number[],
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const stream of ['normal', 'silent'] as const) {
      const one = await turnGreen(folder, stream)
      taken[stream === 'normal' ? 'stream' : 'polls'].push(one.step - CONFIRM_MS)
      taken.loop.push(one.loop)
      taken.start.push(one.firstRequest)
    }
    taken.bare.push((await measure(folder, ['-e', '0'], {}))[0] ?? Number.NaN)
  }
  const loop = median(taken.loop)
  return [
    row('from green to the end, with the stream; a loop of 3 s', median(taken.stream), 'ms', loop),
    row('from green to the end, without the stream; a loop of 3 s', median(taken.polls), 'ms', loop),
    row('from the start to the first request; bare node', median(taken.start), 'ms', median(taken.bare)),
  ]
}

interface Green {
  /** Milliseconds from green to the end of the step, and to the end of the loop. */
  readonly step: number
  readonly loop: number
  readonly firstRequest: number
}

/** A step and a loop wait for a Deployment that becomes ready at a moment that neither can know. */
async function turnGreen(folder: string, stream: 'normal' | 'silent'): Promise<Green> {
  const company = await startCompany()
  try {
    company.argocd.state.stream = stream
    const revision = await company.commitFiles({ 'churn/deployment.yaml': MANIFEST })
    await ask(company, '?refresh=normal')
    await company.until(RESOURCES.deployments, () => true)
    const before = company.argocd.requests.length
    const began = performance.now()
    const running = wait(folder, company, { revision, settle: '10ms', interval: '10s' }).then(() =>
      performance.now(),
    )
    while (company.argocd.requests.length === before) await sleep(1)
    const firstRequest = performance.now() - began
    const looping = loop(company, revision).then(() => performance.now())
    while (!company.argocd.requests.some(({ path }) => path.endsWith('/resource-tree'))) await sleep(5)
    await sleep(2_000 + Math.random() * LOOP_MS)
    const green = performance.now()
    finish(company)
    const [step, loopEnd] = await Promise.all([running, looping])
    return { step: step - green, loop: loopEnd - green, firstRequest }
  } finally {
    await company.close()
  }
}

/** As workflows do it, with the one thing that most forget: the revision. */
async function loop(company: Company, revision: string): Promise<void> {
  for (;;) {
    const { status } = Object(await (await ask(company)).json())
    const { sync, health } = Object(status)
    if (sync.revision === revision && sync.status === 'Synced' && health.status === 'Healthy') return
    await sleep(LOOP_MS)
  }
}

function ask({ argocd }: Company, query = ''): Promise<Response> {
  const url = `${argocd.url}/api/v1/applications/churn-prod${query}`
  return fetch(url, { headers: { authorization: 'Bearer argocd-token' } })
}

/** The Deployment controller has done its work. */
function finish({ kubernetes: { store } }: Company): void {
  const { metadata, ...object } = store.get(DEPLOYMENT) ?? { metadata: { generation: 0 } }
  const counts = { replicas: 1, updatedReplicas: 1, availableReplicas: 1 }
  const status = { observedGeneration: metadata.generation, ...counts }
  store.update(DEPLOYMENT, { ...object, metadata: { name: 'churn' }, status }, 'status')
}

/** Requests of a minute while Argo CD is not at the commit, after the first one; on a clock that costs no time. */
async function quietRow(): Promise<Row> {
  const world = testWorld({ env: { PATH: process.env['PATH'] ?? '' } })
  const company = await startCompany({ now: world.now })
  try {
    const started = world.now()
    const moments: number[] = []
    const match = () => {
      moments.push(world.now() - started)
      return false
    }
    company.argocd.faults.push({ match, times: 1, respond: 'reset' })
    const given = { repository: '', interval: '10s', timeout: '16m', revision: 'f'.repeat(40) }
    await step({ ...company.inputs, ...given }, world)
    const later = moments.filter((at) => at >= MINUTE && at < 16 * MINUTE)
    return row('requests of a quiet minute; a loop of 3 s', later.length / 15, 'requests', MINUTE / LOOP_MS)
  } finally {
    await company.close()
  }
}

/** One process that waits for all of them; the loop would be one request for each every three seconds. */
async function manyRows(folder: string, count: number): Promise<readonly Row[]> {
  const company = await startCompany()
  try {
    const names = Array.from({ length: count }, (_, at) => `model-${at}`)
    const files = names.map((name) => [`${name}/settings.yaml`, configMap('v1', name)])
    const revision = await company.commitFiles(Object.fromEntries(files))
    const metadata = { labels: { team: 'ml' } }
    for (const name of names) company.createApplication(name, { path: name, metadata })
    const [time = Number.NaN, memory = Number.NaN] = await wait(folder, company, {
      revision,
      application: '',
      selector: 'team=ml',
      settle: '1s',
    })
    const streams = company.argocd.requests.filter(({ path }) => path === '/api/v1/stream/applications')
    const [bareTime = Number.NaN, bareMemory = Number.NaN] = await measure(folder, ['-e', '0'], {})
    return [
      row(`${count} Applications, the whole process; bare node`, time, 'ms', bareTime),
      row(`${count} Applications (memory); bare node`, memory, 'MB', bareMemory, MOST_MEMORY / bareMemory),
      row(`${count} Applications (streams); one for each`, streams.length, 'streams', count),
    ]
  } finally {
    await company.close()
  }
}

/** A step as the runner starts it. */
function wait(
  folder: string,
  { inputs }: Company,
  given: Readonly<Record<string, string>>,
): Promise<readonly number[]> {
  const all = Object.entries({ ...inputs, repository: '', ...given })
  return measure(folder, [BUNDLE], {
    PATH: process.env['PATH'],
    HOME: folder,
    RUNNER_TEMP: folder,
    ...Object.fromEntries(all.map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
  })
}

const MANIFEST = `apiVersion: apps/v1
kind: Deployment
metadata: { name: churn }
spec:
  replicas: 1
  selector: { matchLabels: { app: churn } }
  template:
    metadata: { labels: { app: churn } }
    spec: { containers: [{ name: server, image: "registry.test/churn:1" }] }
`
