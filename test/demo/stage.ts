import type { Inbox } from './inbox.ts'
import type { Prober } from './prober.ts'
import type { Company } from './seed.ts'
import type { Terminal } from './terminal.ts'
import type { Versions } from './versions.ts'

/** What every act plays on. */
export interface Stage {
  readonly company: Company
  readonly inbox: Inbox
  readonly prober: Prober
  readonly versions: Versions
  readonly terminal: Terminal
  /** Where runs keep their files. */
  readonly root: string
  /** Aborted by Ctrl-C, and when the story takes far too long. */
  readonly signal: AbortSignal
}
