import { TRAILER } from '@mlops-actions/gitops'
import { Expected, parseList } from '@mlops-actions/text'
import type { Inputs } from './inputs.ts'
import { parseText } from './values.ts'

/** Where a deployed model comes from, and who let it through. */
type Provenance = Pick<Inputs, 'modelVersion' | 'dataMd5' | 'environment' | 'approver' | 'kfpRun'>

/** As trailers of the commit, those that are known. */
export function provenanceTrailers({
  modelVersion,
  dataMd5,
  environment,
  approver = [],
  kfpRun,
}: Provenance): ReadonlyMap<string, string> {
  const trailers = [
    [TRAILER.modelVersion, modelVersion],
    [TRAILER.dataMd5, dataMd5],
    [TRAILER.environment, environment],
    [TRAILER.approver, approver.length === 0 ? undefined : approver.join(', ')],
    [TRAILER.kfpRun, kfpRun],
  ] as const
  return new Map(trailers.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])))
}

/**
 * A version as registries have them: `43`, `1.2.0-rc.1`.
 * @throws Expected
 */
export function parseVersion(text: string): string {
  if (!/^[\w][\w.+-]{0,127}$/.test(text)) throw new Expected('a version of letters, digits, . _ + and -')
  return text
}

/**
 * What DVC calls its data: an MD5, of a folder with `.dir` behind it.
 * @throws Expected
 */
export function parseMd5(text: string): string {
  if (!/^[0-9a-f]{32}(?:\.dir)?$/.test(text))
    throw new Expected('an MD5 of 32 hexadecimal digits, of a folder with .dir')
  return text
}

/**
 * The name of a GitHub environment, which may have blanks.
 * @throws Expected
 */
export function parseLine(text: string): string {
  if (!/^[\p{L}\p{N}][\p{L}\p{N} ._/()-]{0,254}$/u.test(text))
    throw new Expected('the name of an environment')
  return parseText(text)
}

/**
 * Logins of GitHub, those of Apps included.
 * @throws Expected
 */
export function parseLogins(text: string): readonly string[] {
  const logins = parseList(text)
  if (!logins.every((login) => /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,100})(?:\[bot\])?$/.test(login)))
    throw new Expected('logins of GitHub, separated by commas')
  return logins
}

/**
 * The id of a run of Kubeflow Pipelines, or its URL.
 * @throws Expected
 */
export function parseRun(text: string): string {
  const isRun = /^[\w][\w-]{0,127}$/.test(text) || /^https?:\/\/[\w.:-]+\/[\w./#?=&%~-]{0,900}$/.test(text)
  if (!isRun) throw new Expected('the id of a run, or its URL')
  return text
}
