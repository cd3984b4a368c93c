import { Expected } from '@mlops-actions/text'

/** Where a repository is, in one of the two protocols that need no trust in the machine. */
export type RemoteUrl =
  | {
      readonly protocol: 'http'
      readonly url: string
      readonly origin: string
      readonly host: string
      readonly path: string
    }
  | { readonly protocol: 'ssh'; readonly url: string; readonly host: string; readonly path: string }

const WANT = 'https://host/path, ssh://git@host/path or git@host:path, without a password in it'
const SCP =
  /^(?:([A-Za-z0-9_][A-Za-z0-9_.-]*)@)?([A-Za-z0-9][A-Za-z0-9.-]*):(?!\/\/)([A-Za-z0-9_~/][\w.~/+-]*)$/

/**
 * Reads the URL of a remote repository. Only http(s) and ssh: `ext::`, `file:` and local paths run commands
 * or read files of the machine (CVE-2022-39253 and its kin). A password in a URL ends up in logs and argv,
 * so it is refused, and so is a backslash, at which URL ends the host and git does not.
 * @throws Expected
 */
export function parseRemoteUrl(text: string): RemoteUrl {
  const [, , host = '', path = ''] = SCP.exec(text) ?? []
  if (host !== '') return { protocol: 'ssh', url: text, host, path: trimPath(path) }
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || /[\s\\\u0000-\u001f\u007f]/.test(text)) throw new Expected(WANT)
  const isPlain = url.password === '' && url.search === '' && url.hash === '' && /^\/[^/-]/.test(url.pathname)
  if (!isPlain || /^-/.test(url.hostname)) throw new Expected(WANT)
  if (url.protocol === 'ssh:')
    return { protocol: 'ssh', url: text, host: url.host, path: trimPath(url.pathname) }
  if ((url.protocol !== 'https:' && url.protocol !== 'http:') || url.username !== '') throw new Expected(WANT)
  return { protocol: 'http', url: text, origin: url.origin, host: url.host, path: trimPath(url.pathname) }
}

/** Whether nobody between here and the server reads along: https, or http that stays on this machine. */
export function isPrivateWay({ origin }: { readonly origin: string }): boolean {
  const { protocol, hostname } = new URL(origin)
  return protocol === 'https:' || /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname)
}

/** `owner/name` without the slashes and the `.git` around it. */
function trimPath(path: string): string {
  return path
    .replace(/^\/+/, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
}
