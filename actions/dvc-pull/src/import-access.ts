import { type Credential, isPrivateWay, type RemoteUrl } from '@mlops-actions/git'
import { Expected, parseList } from '@mlops-actions/text'

/** What the workflow says about the token; no file of a repository takes part. */
export interface TokenRules {
  readonly importToken: string | undefined
  /** As `URL.host` writes them. */
  readonly importHosts: ReadonlySet<string>
  /** `GITHUB_SERVER_URL`, whose host need not be named. */
  readonly serverUrl: string
}

/** How another repository is read. */
export interface ImportAccess {
  readonly credential: Credential
  /** Why a token that was given is not sent. */
  readonly withheld: string | undefined
  /** What helps where the server refuses. */
  readonly next: string
}

/** @throws Expected */
export function parseHosts(text: string): ReadonlySet<string> {
  return new Set(parseList(text).map(parseHost))
}

/** A host as `URL.host` writes it: small letters, and no port where it is that of https. */
function parseHost(text: string): string {
  const url = `https://${text}`
  if (/^(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::\d+)?$/.test(text) && URL.canParse(url))
    return new URL(url).host
  throw new Expected('hosts, each `host` or `host:port`, without https:// and path')
}

/**
 * Pure: who writes a `.dvc` file chooses the host of an import, and may be the author of a pull request. So the token goes
 * only to hosts that the workflow names, and only where nobody reads it on the way.
 */
export function planAccess(
  { host, origin }: Pick<RemoteUrl & { readonly protocol: 'http' }, 'host' | 'origin'>,
  { importToken, importHosts, serverUrl }: TokenRules,
): ImportAccess {
  const isNamed = importHosts.has(host) || host === new URL(serverUrl).host
  const naming = isNamed ? '' : `, and name ${host} in \`import-hosts\``
  const anonymous = { credential: { kind: 'anonymous' } } as const
  if (importToken === undefined)
    return {
      ...anonymous,
      withheld: undefined,
      next: `If it is there and private, give a token that may read it in \`import-token\`${naming}`,
    }
  if (!isNamed)
    return {
      ...anonymous,
      withheld: '`import-hosts` does not name this host',
      next: `If it is there and private, and this host may have \`import-token\`, name ${host} in \`import-hosts\``,
    }
  if (!isPrivateWay({ origin }))
    return {
      ...anonymous,
      withheld: 'http is not encrypted',
      next: 'Import it from an https URL: `import-token` is not sent over plain http',
    }
  return {
    credential: { kind: 'token', token: importToken },
    withheld: undefined,
    next: 'Correct its URL in the .dvc file, or give an `import-token` that may read it: there is one token for all imports',
  }
}
