// What bump-kserve-image costs: a step with nothing to do, a change in a large file, and twenty steps at once beside what
// people write instead of it, `git pull --rebase && git push` in a loop. All against the sandbox's GitHub, which is real git.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type GitHubServer, type Repository, startGitHub } from '@mlops-actions/sandbox/github'
import { type BenchOptions, measureMedians, type Row, row } from '../../scripts/bench/measure.ts'
import { runCommand, runOrThrow } from '../../scripts/command.ts'
import { measure } from './process.ts'

const BUNDLE = resolve(import.meta.dirname, '../../dist/bump-kserve-image/index.js')
const TOKEN = 'bench-token'
const TRANSPORTS = ['api', 'git'] as const
/** A step may take 300 ms where it has nothing to do, and 500 ms to change a large file, where bare node takes 25 to 36 ms. */
const MOST_TIME = { nothing: 12, change: 20 } as const
/** And 100 MB, where bare node takes 45. */
const MOST_MEMORY = 2.2

interface Bench {
  readonly folder: string
  readonly github: GitHubServer
  readonly repository: Repository
  readonly writers: number
}

export async function rows({ quick }: BenchOptions): Promise<readonly Row[]> {
  const writers = quick ? 6 : 20
  const folder = mkdtempSync(join(tmpdir(), 'mlops-actions-bench-'))
  const github = await startGitHub({ tokens: { [TOKEN]: { login: 'bench', access: { '*': 'write' } } } })
  try {
    const repository = await github.createRepository('acme/gitops', { files: filesFor(writers) })
    const bench = { folder, github, repository, writers }
    return [...(await stepRows(bench)), ...(await writerRows(bench))]
  } finally {
    await github.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function stepRows(bench: Bench): Promise<readonly Row[]> {
  let versions = 1
  const steps = TRANSPORTS.flatMap((transport): [string, () => Promise<readonly number[]>][] => [
    [
      `nothing to do, ${transport}`,
      () => bump(bench, { transport, file: 'small.yaml', image: 'r/churn:v1' }),
    ],
    [
      `a change in 200 documents (240 kB), ${transport}`,
      () => bump(bench, { transport, file: 'large.yaml', name: 'm100', image: `r/churn:v${++versions}` }),
    ],
  ])
  const bare = ['bare node', () => measure(bench.folder, ['-e', '0'], {})] as const
  const medians = await measureMedians(new Map([...steps, bare]), { rounds: 9, warmUp: 2 })
  const [bareTime = Number.NaN, bareMemory = Number.NaN] = medians.get('bare node') ?? []
  return steps.flatMap(([name]) => {
    const [time = Number.NaN, memory = Number.NaN] = medians.get(name) ?? []
    const most = name.startsWith('nothing') ? MOST_TIME.nothing : MOST_TIME.change
    return [
      row(`${name}; bare node`, time, 'ms', bareTime, most),
      row(`${name} (memory)`, memory, 'MB', bareMemory, MOST_MEMORY),
    ]
  })
}

/** Every way starts from the same files, on a branch of its own. */
async function writerRows(bench: Bench): Promise<readonly Row[]> {
  const own = (index: number) => ({ file: `k8s/m${index}.yaml`, name: `m${index}`, line: 1 })
  const adjacent = (index: number) => ({ file: 'adjacent.yaml', container: `c${index}`, line: index })
  const result: Row[] = []
  for (const [ground, writerOf] of Object.entries({
    'files of their own': own,
    'adjacent lines': adjacent,
  })) {
    const loops = await atOnce(bench, `loops-${ground}`, (branch, index) =>
      loop(bench, branch, writerOf(index)),
    )
    for (const transport of TRANSPORTS) {
      const steps = await atOnce(bench, `${transport}-${ground}`, (branch, index) => {
        const { line: _, ...given } = writerOf(index)
        return attemptsOf(bench, { ...given, branch, transport, image: 'r/churn:v2' })
      })
      const name = `${bench.writers} writers, ${ground}, ${transport}; pull --rebase loops`
      if (steps.landed !== bench.writers || Number.isNaN(steps.tries))
        throw new Error(`${name}: ${steps.landed} landed, in ${steps.tries} tries at most`)
      result.push(
        row(`${name}: until the last has ended`, steps.time, 'ms', loops.time),
        row(`${name}: landed`, steps.landed, 'commits', loops.landed),
        row(`${name}: most tries of one`, steps.tries, 'tries', loops.tries),
      )
    }
  }
  return result
}

async function atOnce(
  { repository, writers }: Bench,
  name: string,
  write: (branch: string, index: number) => Promise<number>,
): Promise<{ readonly time: number; readonly landed: number; readonly tries: number }> {
  const { directory } = repository
  const branch = name.replaceAll(' ', '-')
  await runOrThrow('git', ['branch', branch, 'main'], directory)
  const start = performance.now()
  const tries = await Promise.all(Array.from({ length: writers }, (_, index) => write(branch, index)))
  const time = performance.now() - start
  const landed = Number(await runOrThrow('git', ['rev-list', '--count', `main..${branch}`], directory))
  return { time, landed, tries: Math.max(...tries) }
}

/** How many tries a step needed, by its output. */
async function attemptsOf(bench: Bench, given: Readonly<Record<string, string>>): Promise<number> {
  const output = join(bench.folder, `output-${Object.values(given).join('-').replaceAll('/', '-')}`)
  writeFileSync(output, '')
  await bump(bench, given, { GITHUB_OUTPUT: output })
  return Number(/^attempts<<.*\n(\d+)$/m.exec(readFileSync(output, 'utf8'))?.[1])
}

/** A step as the runner starts it. */
function bump(
  { folder, github }: Bench,
  given: Readonly<Record<string, string>>,
  env: NodeJS.ProcessEnv = {},
): Promise<readonly number[]> {
  const inputs = { repository: 'acme/gitops', token: TOKEN, ...given }
  return measure(folder, [BUNDLE], {
    PATH: process.env['PATH'],
    HOME: folder,
    RUNNER_TEMP: folder,
    GITHUB_SERVER_URL: github.url,
    GITHUB_API_URL: github.apiUrl,
    GITHUB_REPOSITORY: 'acme/churn',
    ...env,
    ...Object.fromEntries(
      Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
    ),
  })
}

/** As workflows do it: a checkout, sed, a commit, and up to twenty pulls and pushes. A conflict ends the loop. */
async function loop(
  { folder, github }: Bench,
  branch: string,
  { file, line }: { readonly file: string; readonly line: number },
): Promise<number> {
  const script = join(folder, 'loop.sh')
  writeFileSync(script, LOOP)
  const clone = join(folder, `${branch}-${file.replaceAll('/', '-')}-${line}`)
  const which = file === 'adjacent.yaml' ? `c${line},` : 'image:'
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'http.extraheader',
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${Buffer.from(`x-access-token:${TOKEN}`).toString('base64')}`,
    GIT_AUTHOR_NAME: 'Loop',
    GIT_AUTHOR_EMAIL: 'loop@example.com',
    GIT_COMMITTER_NAME: 'Loop',
    GIT_COMMITTER_EMAIL: 'loop@example.com',
  }
  const args = [script, `${github.url}/acme/gitops.git`, branch, clone, file, which]
  const { output } = await runCommand('sh', args, { cwd: folder, env })
  return output.match(/^try$/gm)?.length ?? 0
}

const LOOP = `
git clone --quiet --branch "$2" "$1" "$3" && cd "$3" || exit 1
sed -i "/$5/s/churn:v1/churn:v2/" "$4" && git commit --quiet --all --message Deploy || exit 1
tries=0
while [ "$tries" -lt 20 ]; do
  tries=$((tries + 1)); echo try
  git pull --quiet --rebase || exit 1
  git push --quiet && exit 0
done
exit 1
`

function filesFor(writers: number): Record<string, string> {
  const numbers = Array.from({ length: writers }, (_, index) => index)
  const containers = numbers.map((index) => `      - {name: c${index}, image: 'r/churn:v1'}`)
  return {
    'small.yaml': service('churn', 1),
    'large.yaml': Array.from({ length: 200 }, (_, index) => service(`m${index}`, 18)).join('---\n'),
    'adjacent.yaml': `${service('churn', 0).split('      - name')[0]}${containers.join('\n')}\n`,
    ...Object.fromEntries(numbers.map((index) => [`k8s/m${index}.yaml`, service(`m${index}`, 1)])),
  }
}

function service(name: string, variables: number): string {
  const env = Array.from(
    { length: variables },
    (_, index) => `          - name: VARIABLE_${index}\n            value: "value ${index}"\n`,
  ).join('')
  return `apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nmetadata:\n  name: ${name}\nspec:\n  predictor:\n    containers:\n      - name: kserve-container\n        image: r/churn:v1\n        env:\n${env}`
}
