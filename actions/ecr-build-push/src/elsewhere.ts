interface Move {
  /** Inputs of this action that do what that one does. */
  readonly here: readonly string[]
  readonly why: string
}

/** Inputs of docker/build-push-action that this action calls otherwise or has not; rows of the table of the README. */
export const MOVED: Readonly<Record<string, Move>> = {
  allow: {
    here: ['network'],
    why: '`network: host` grants `network.host`. Nothing grants `security.insecure`: such a build writes what it likes on the machine that pushes',
  },
  attests: { here: ['provenance', 'sbom'], why: '' },
  call: { here: [], why: 'this action builds; run `docker buildx build --call` as a step of its own' },
  'cgroup-parent': { here: [], why: "the job's own limits hold; set them at the runner" },
  'github-token': {
    here: [],
    why: 'git contexts are not fetched with it; give `secrets: GIT_AUTH_TOKEN=…`',
  },
  load: { here: ['outputs'], why: '`type=docker`' },
  'no-cache-filters': {
    here: ['no-cache'],
    why: 'for all steps, or change a build argument of the stage',
  },
}

/** The sentence on each, for whoever comes from there. */
export const ELSEWHERE: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(MOVED).map(([name, { here, why }]) => [name, sentenceOf(here, why)]),
)

function sentenceOf(here: readonly string[], why: string): string {
  const names = here.map((name) => `\`${name}\``).join(' and ')
  if (names === '') return why
  return why === '' ? `here it is ${names}` : `here it is ${names}: ${why}`
}
