import { parseArgs } from 'node:util'
import type { ScenarioName } from './scene.ts'

export const SCENARIOS: readonly ScenarioName[] = ['today', 'broken', 'fixed']

export const HELP = `npm run demo -- [options]

Runs the workflow files of a sample product on a sandbox of this machine: real git, real bundles, real Python servers,
and stand-ins for AWS, Kubernetes, KServe, Argo CD, Kubeflow Pipelines and MLflow on 127.0.0.1. Nothing leaves the machine.
Images are built by a stand-in for docker, or with --docker by your own engine.

Scenarios (all of them, in this order, unless chosen):
  today     the workflow that people have today ships a server that crashes at start
  broken    mlops.yml ships the same
  fixed     the server is repaired and shipped by mlops.yml

Options:
  --scenario NAME   plays this one; may be given several times
  --report DIR      where the page goes (default: demo-report)
  --keep            leaves the servers running after the story, until Ctrl-C, and says where they are
  --json            prints the outcome as JSON, and nothing else
  --docker          builds and pushes images with the Docker engine and the buildx (0.26 or newer) that you have; they begin
                    from scratch, so nothing is pulled, and are removed from the engine in the end (its cache is not);
                    the engine must reach 127.0.0.1 of this machine, which one in a virtual machine usually does not
  --help            this text

Exit code: 0 when everything that the story claims was so, 1 when something was not or could not be run, 2 for wrong
options, 130 after Ctrl-C.`

export interface Options {
  readonly scenarios: readonly ScenarioName[]
  readonly report: string
  readonly keep: boolean
  readonly json: boolean
  /** Images are built by the user's own engine. */
  readonly docker: boolean
}

/** What cannot be done as asked; the message is one sentence. */
export class UsageError extends Error {}

/** @returns 'help' when that was asked for. @throws UsageError */
export function parseOptions(args: readonly string[]): Options | 'help' {
  const { scenario, report, keep, json, docker, help } = parse(args)
  if (help === true) return 'help'
  const chosen = (scenario ?? []).map(scenarioOf)
  const scenarios = chosen.length === 0 ? SCENARIOS : SCENARIOS.filter((name) => chosen.includes(name))
  const flags = { keep: keep === true, json: json === true, docker: docker === true }
  return { scenarios, report: report ?? 'demo-report', ...flags }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        scenario: { type: 'string', multiple: true },
        report: { type: 'string' },
        keep: { type: 'boolean' },
        json: { type: 'boolean' },
        docker: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values
  } catch (error) {
    const [first = ''] = String(error instanceof Error ? error.message : error).split('. ')
    throw new UsageError(`${first.replace(/\.$/, '')}; see \`npm run demo -- --help\`.`)
  }
}

function scenarioOf(given: string): ScenarioName {
  const known = SCENARIOS.find((name) => name === given)
  if (known !== undefined) return known
  throw new UsageError(`There is no scenario ${given}: choose among ${SCENARIOS.join(', ')}.`)
}
