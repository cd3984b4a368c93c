/**
 * Runs one assertion about a real peer. `sentence` says what holds; `body` throws when it does not.
 * A failed check is counted and does not stop those after it.
 */
export type Check = (sentence: string, body: () => void | Promise<void>) => Promise<void>

/** What the command line asks of those peers that make their cases themselves. */
export type RealOptions = {
  /** All that there is to run, however long it takes. */
  readonly full: boolean
  /** Where random cases begin; the same number makes the same cases. */
  readonly seed: number | undefined
  /** How many of them. */
  readonly count: number | undefined
}

/**
 * A real system that our code is tested against. `prepare` installs and starts it and throws where it cannot: nothing
 * is ever skipped. What it returns is disposed of at the end, whatever happened.
 */
export type Peer<Prepared extends AsyncDisposable = AsyncDisposable> = {
  readonly name: string
  readonly prepare: () => Promise<Prepared>
  readonly run: (prepared: Prepared, check: Check, options: RealOptions) => Promise<void>
}

export type Count = { readonly passed: number; readonly failed: number }

/** Runs one peer, says what happened line by line, and returns what was counted. Never throws. */
export async function runPeer(
  peer: Peer,
  say: (line: string) => void,
  options: RealOptions = { full: false, seed: undefined, count: undefined },
): Promise<Count> {
  let passed = 0
  let failed = 0
  const check: Check = async (sentence, body) => {
    try {
      await body()
      passed++
      say(`ok     ${peer.name}: ${sentence}`)
    } catch (error) {
      failed++
      say(`FAILED ${peer.name}: ${sentence}\n${indent(error)}`)
    }
  }
  try {
    await using prepared = await peer.prepare()
    await peer.run(prepared, check, options)
    if (passed + failed === 0) throw new Error('it checked nothing')
  } catch (error) {
    failed++
    say(`FAILED ${peer.name}: could not be run\n${indent(error)}`)
  }
  return { passed, failed }
}

function indent(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return text.replaceAll(/^/gm, '       ')
}
