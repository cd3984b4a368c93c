import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Sandbox, startSandbox } from '@mlops-actions/sandbox'
import { playFlow } from './flow.ts'
import { type Inbox, openInbox } from './inbox.ts'
import type { Machine } from './machine.ts'
import { type Overhead, overheadOf } from './overhead.ts'
import { documentedPermissions } from './permissions.ts'
import { startProber } from './prober.ts'
import { breakServer, commitAndPush, generateData, repairServer } from './product.ts'
import type { ScenarioName, Scene } from './scene.ts'
import { type Company, pushObjects, seedCompany } from './seed.ts'
import type { Stage } from './stage.ts'
import type { Terminal } from './terminal.ts'
import { playToday } from './today.ts'
import { createVersions, servingVersion, type Versions } from './versions.ts'

export interface StoryRequest {
  readonly scenarios: readonly ScenarioName[]
  readonly machine: Machine
  readonly terminal: Terminal
  readonly signal: AbortSignal
  /** Called with everything still running, before it is stopped. */
  readonly epilogue?: (story: Story, company: Company) => Promise<void>
}

export interface Story {
  readonly machine: Machine
  readonly scenes: readonly Scene[]
  readonly overhead: Overhead
  /** What serves in the end. */
  readonly serving: string
  /** `owner/name` of the product. */
  readonly product: string
}

/** Customers that there are when v2 is trained. */
const ALL_ROWS = 2_000

/** Starts the company, plays the acts that were chosen, and stops everything that it has started. */
export async function tellStory(request: StoryRequest): Promise<Story> {
  const root = mkdtempSync(join(tmpdir(), 'mlops-demo-'))
  const stack: (() => Promise<unknown>)[] = []
  try {
    const sandbox = await startSandbox(documentedPermissions())
    stack.push(sandbox.close)
    stack.push(() => forgetImages(request.machine, sandbox))
    const inbox = await openInbox()
    stack.push(inbox.close)
    return await play(request, { sandbox, inbox, root, stack })
  } finally {
    for (const close of stack.reverse()) await close()
    rmSync(root, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** An image that stays behind is worth a line, and no failure. */
async function forgetImages({ builder }: Machine, { ecr }: Sandbox): Promise<void> {
  const { host } = ecr.registryServer
  await builder.forget(host).catch((error: unknown) => {
    console.error(`Images of ${host} stay behind in the engine: ${error}`)
  })
}

interface Backstage {
  readonly sandbox: Sandbox
  readonly inbox: Inbox
  readonly root: string
  readonly stack: (() => Promise<unknown>)[]
}

async function play(request: StoryRequest, { sandbox, inbox, root, stack }: Backstage): Promise<Story> {
  const { machine, terminal, signal, scenarios } = request
  terminal.passing('building what was there before the story …')
  const company = await seedCompany(sandbox, machine, root, signal)
  const url = `${company.deployed.url}/v1/models/churn:predict`
  const prober = startProber(url, JSON.stringify({ instances: [[2, 95.5, 3, 1, 1, 0]] }))
  stack.push(prober.close)
  const versions = createVersions(company)
  const stage: Stage = { company, inbox, prober, versions, terminal, root, signal }
  terminal.line(`serving now: churn v1 (accuracy ${company.metrics['accuracy']?.toFixed(3)})`)
  const scenes = await playActs(stage, scenarios)
  const serving = servingVersion(versions, company)
  const story = { machine, scenes, overhead: overheadOf(scenes), serving, product: sandbox.product }
  await request.epilogue?.(story, company)
  return story
}

async function playActs(stage: Stage, scenarios: readonly ScenarioName[]): Promise<readonly Scene[]> {
  const scenes: Scene[] = []
  const second = await commitSecond(stage.company, stage.versions)
  const play = async (name: ScenarioName, act: () => Promise<Scene>): Promise<void> => {
    if (!scenarios.includes(name)) return
    stage.signal.throwIfAborted()
    stage.terminal.line()
    scenes.push(await act())
  }
  await play('today', () => playToday(stage, second))
  await play('broken', () =>
    playFlow(stage, {
      name: 'broken',
      number: 2,
      title: 'mlops.yml ships the same v2',
      commit: second,
      expected: { conclusion: 'failure', result: 'rolled-back', serving: 'v1' },
    }),
  )
  await play('fixed', async () =>
    playFlow(stage, {
      name: 'fixed',
      number: 3,
      title: 'server fixed, pushed again',
      commit: await commitThird(stage.company, stage.versions),
      expected: { conclusion: 'success', result: 'live', serving: 'v3' },
      isRepeated: true,
    }),
  )
  return scenes
}

/** v2: all customers' data, and a server that its tests do not start the way the cluster does. */
async function commitSecond({ desk, sandbox }: Company, { commits }: Versions): Promise<string> {
  await breakServer(desk)
  const data = await generateData(desk, ALL_ROWS)
  pushObjects(sandbox, data.objects)
  const commit = await commitAndPush(desk, 'All customers; the model path comes from MODEL_PATH')
  commits.set(commit, 'v2')
  return commit
}

async function commitThird({ desk }: Company, { commits }: Versions): Promise<string> {
  repairServer(desk)
  const commit = await commitAndPush(desk, 'MODEL_PATH falls back to MODEL_DIR')
  commits.set(commit, 'v3')
  return commit
}
