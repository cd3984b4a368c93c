import { type BuildFacts, isScan } from './build-facts.ts'
import type { Explanation, Rule } from './build-rule.ts'

const config = (input: string, code: string, next: string): Explanation => ({
  kind: 'config',
  code,
  on: `the input \`${input}\``,
  next,
})

/** What it means that an input cannot be had (buildx's and BuildKit's words, test/fixtures/record-inputs.ts). */
export const INPUT_RULES: readonly Rule[] = [
  [
    /granting entitlement (\S+) is not allowed/,
    ([, right]) =>
      config(
        'network',
        'NETWORK_HOST',
        `Let the builder allow ${right}, as those of docker/setup-buildx-action do, or leave \`network: host\` away`,
      ),
  ],
  [
    /failed to load LLB: network\.host is not allowed/,
    () =>
      config('network', 'NETWORK_HOST', 'Give the step `network: host`: a RUN of the Dockerfile asks for it'),
  ],
  [
    /failed to load LLB: (\S+) is not allowed/,
    ([, right]) => ({
      kind: 'workload',
      code: 'ENTITLEMENT',
      next: `Take what needs ${right} out of the Dockerfile: no input of this action grants it`,
    }),
  ],
  [/network bridge not found/, (_, facts) => withoutNetwork(facts)],
  [
    /unset ssh forward key (\S+)/,
    ([, id]) => config('ssh', 'NO_SSH', `Give the step \`ssh: ${id}\`: a RUN of the Dockerfile requires it`),
  ],
  [
    /this private key is passphrase protected/,
    () =>
      config(
        'ssh',
        'SSH_KEY',
        'Load the key into an agent before this step and give `ssh: default`, or take a key without a passphrase',
      ),
  ],
  [
    /failed to parse (\S+): ssh: no key found/,
    ([, path]) => config('ssh', 'SSH_KEY', `Give the path of a private key: ${path} is none`),
  ],
  [
    /secret (\S+): not found/,
    ([, id]) =>
      config(
        'secrets',
        'NO_SECRET',
        `Give the step a line \`${id}=…\` in \`secrets\`, \`secret-envs\` or \`secret-files\`: a RUN of the Dockerfile requires it`,
      ),
  ],
  [
    /unable to derive the IP value for host-gateway/,
    () =>
      config(
        'add-hosts',
        'HOST_GATEWAY',
        'Give the address itself: this builder does not know one for host-gateway',
      ),
  ],
  [
    /index annotations not supported for single platform export/,
    () =>
      config(
        'annotations',
        'NO_INDEX',
        'Leave `index:` away, or build for several `platforms`: a single image has no index',
      ),
  ],
  [
    /multiple outputs currently unsupported/,
    () =>
      config('outputs', 'OUTPUTS', 'Update the builder to BuildKit 0.13 or newer, or leave `outputs` away'),
  ],
  [
    /failed to open open (\S+): /,
    ([, path]) =>
      config('outputs', 'OUTPUT_PATH', `Let dest=… be a path that this job may write, and not ${path}`),
  ],
  [
    /failed to resolve source metadata for \S*\bdocker\/buildkit-syft-scanner\S*: failed to do request/,
    () => ({
      kind: 'upstream',
      code: 'BASE_UNREACHABLE',
      what: 'Cannot read the scanner of the SBOM',
      on: 'the input `sbom`',
      next: 'Run the step again; where Docker Hub cannot be reached, give `sbom: generator=…` with a copy of the scanner in a registry of your own',
    }),
  ],
]

function withoutNetwork(facts: BuildFacts): Explanation {
  const bridge = 'Start the daemon with a bridge'
  if (isScan(facts))
    return config('sbom', 'NO_NETWORK', `${bridge}: the scanner of the SBOM runs in its default network`)
  return config('network', 'NO_NETWORK', `${bridge}, or give \`network: host\` or \`network: none\``)
}
