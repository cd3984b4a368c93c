import type { EcrApi } from './api.ts'
import { parseRegistryHost } from './registry-host.ts'

/** A repository of a registry. */
export interface RepositoryId {
  /** `team/model`; at ECR Public `alias/team/model`, as image references have it. */
  readonly name: string
  /** Account of the registry; undefined is the caller's own. */
  readonly account: string | undefined
  /** Of a registry of ECR Public: its first part of the name, which the API leaves away. */
  readonly alias?: string | undefined
}

/** A repository, and whom to ask about it. */
export interface AskedRepository {
  readonly ecr: EcrApi
  readonly repository: RepositoryId
  /** As image references begin; where it is not known yet, failures name the repository alone. */
  readonly host?: string
}

/** The repository with this name in a registry. @param host undefined: the caller's own registry */
export function repositoryAt(host: string | undefined, name: string): RepositoryId {
  const { kind, account } = parseRegistryHost(host ?? '')
  return kind === 'public' ? { name, account, alias: name.split('/')[0] } : { name, account }
}

/** What BatchGetImage takes at once. */
export const MOST_TAGS = 100

/** `host/team/model`. */
export function nameOf({ host, repository }: Pick<AskedRepository, 'host' | 'repository'>): string {
  return host === undefined ? repository.name : `${host}/${repository.name}`
}

/** "account 123456789012", as far as the host says it. */
export function accountOf({ repository }: Pick<AskedRepository, 'repository'>): string {
  return repository.account === undefined ? 'the account of the credentials' : `account ${repository.account}`
}

/** How calls of the API name a repository. */
export function identity({ name, account, alias }: RepositoryId) {
  const repositoryName = alias === undefined ? name : name.slice(alias.length + 1)
  return { repositoryName, ...(account === undefined ? {} : { registryId: account }) }
}

/** An error that is an answer. */
export function unless<T>(name: string, cause: unknown, answer: T): T {
  if (cause instanceof Error && cause.name === name) return answer
  throw cause
}
