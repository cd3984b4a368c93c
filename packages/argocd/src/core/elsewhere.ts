import { Failure, messageOf, type World } from '@mlops-actions/diagnostics'
import type { KubernetesClient } from '@mlops-actions/kubernetes'
import { CONFIG_MAPS } from './config-map.wire.ts'
import { globMatches } from './glob.ts'

/** Where Argo CD reads how its programs are started (argo-cd docs/operator-manual/argocd-cmd-params-cm.yaml). */
const PARAMETERS = 'argocd-cmd-params-cm'
const KEY = 'application.namespaces'

/** In which namespaces Argo CD has Applications beside its own. */
export interface Elsewhere {
  /** As they are written there, for messages: `team-a, team-*`. */
  readonly written: string
  /** Names where all of them are; undefined where a pattern may mean any. */
  readonly names: readonly string[] | undefined
  has(namespace: string): boolean
}

/**
 * What `application.namespaces` says (Argo CD, "Applications in any namespace"); undefined where that cannot be read: it
 * may also be set at the controller itself, and a managed Argo CD has no such ConfigMap.
 */
export async function readElsewhere(
  { log }: Pick<World, 'log'>,
  hub: KubernetesClient,
  namespace: string,
): Promise<Elsewhere | undefined> {
  try {
    const { data } = await hub.get(CONFIG_MAPS, { namespace, name: PARAMETERS })
    return parseElsewhere(data[KEY] ?? '')
  } catch (thrown) {
    if (!(thrown instanceof Failure) || thrown.kind === 'cancelled') throw thrown
    if (thrown.code === 'HTTP_403')
      log.info(
        `No Application is looked for in namespaces that nobody named: the ConfigMap ${PARAMETERS}, which says where Argo CD has any, may not be read. ${thrown.details.next}`,
      )
    else
      log.debug(`Where Argo CD has Applications beside its own namespace is not known: ${messageOf(thrown)}`)
    return undefined
  }
}

/** Names, globs, and regular expressions between slashes, by commas (argo-cd util/glob MatchStringInList). Pure. */
export function parseElsewhere(written: string): Elsewhere {
  const patterns = written
    .split(',')
    .map((pattern) => pattern.trim())
    .filter((pattern) => pattern !== '')
  return {
    written: patterns.join(', '),
    names: patterns.every((pattern) => /^[a-z0-9-]+$/.test(pattern)) ? patterns : undefined,
    has: (namespace) => patterns.some((pattern) => matches(pattern, namespace)),
  }
}

function matches(pattern: string, namespace: string): boolean {
  const [, expression] = /^\/(.*)\/$/s.exec(pattern) ?? []
  if (expression === undefined) return globMatches(pattern, namespace)
  try {
    return new RegExp(expression).test(namespace)
  } catch {
    return false
  }
}
