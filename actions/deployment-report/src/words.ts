import { isAlarm, type Verdict } from './verdict.ts'

export interface Place {
  readonly service: string
  readonly environment: string
}

/** The verdict as a sentence or two, without marks and markup. */
export function sayVerdict(verdict: Verdict, { service, environment }: Place): string {
  const notLive = `${service}: the new version is not live on ${environment}.`
  const sentences: Readonly<Record<Verdict, string>> = {
    live: `${service} serves its new version on ${environment}.`,
    'live-already': `${service} serves this version on ${environment}, as it did before: nothing had to be changed.`,
    'rolled-back': `${notLive} The previous one was restored and is proven to serve.`,
    superseded: `${notLive} A later one of somebody else stands there and is proven to serve.`,
    untouched: `${service}: nothing was changed on ${environment}.`,
    'not-ours': `${service}: what stands on ${environment} is not proven to serve. Another run put it there, and it was left alone.`,
    'not-proven': `${notLive} The previous one was written back, but is not proven to serve.`,
    'not-restored': `${notLive} The previous one was not written back.`,
    'no-way-back': `${notLive} There is no previous one to go back to.`,
  }
  return isAlarm(verdict) ? `${sentences[verdict]} Look at ${environment} now.` : sentences[verdict]
}

/** The sign in front of it. */
export function markOf(verdict: Verdict): string {
  if (isAlarm(verdict)) return '🚨'
  return verdict === 'live' || verdict === 'live-already' ? '✅' : '❌'
}
