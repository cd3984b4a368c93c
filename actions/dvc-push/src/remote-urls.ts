import { remoteUrl } from '@mlops-actions/dvc'
import type { Outcome } from './outcome.ts'

/** The URL of every remote that the step is about, by its name. */
export function remoteUrls({ binding, past }: Pick<Outcome, 'binding' | 'past'>): Record<string, string> {
  const remotes = [...binding.remotes, ...(past?.binding.remotes ?? [])]
  return Object.fromEntries(remotes.map((remote) => [remote.name, remoteUrl(remote)]))
}
