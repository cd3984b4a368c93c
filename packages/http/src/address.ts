import { BlockList, isIP } from 'node:net'

/** Where no URL that came from a server may lead: this machine, its link and cloud metadata services. */
const SPECIAL = new BlockList()
SPECIAL.addSubnet('0.0.0.0', 8, 'ipv4')
SPECIAL.addSubnet('127.0.0.0', 8, 'ipv4')
SPECIAL.addSubnet('169.254.0.0', 16, 'ipv4')
SPECIAL.addAddress('100.100.100.200', 'ipv4')
SPECIAL.addAddress('::', 'ipv6')
SPECIAL.addAddress('::1', 'ipv6')
SPECIAL.addSubnet('fe80::', 10, 'ipv6')
// EC2's metadata, DNS and time services: docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
SPECIAL.addSubnet('fd00:ec2::', 32, 'ipv6')

const LOOPBACK = new BlockList()
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4')
LOOPBACK.addAddress('::1', 'ipv6')

const SPECIAL_NAMES = new Set(['localhost', 'metadata', 'metadata.google.internal', 'instance-data'])

/**
 * Whether a URL's host is loopback, link-local or a metadata service, by address or by a name that always is.
 * `URL` has already turned decimal, octal, hexadecimal and short forms of IPv4 into four numbers.
 */
export function isSpecialHost(hostname: string): boolean {
  const host = bare(hostname)
  if (isIP(host) !== 0) return isSpecialAddress(host)
  return SPECIAL_NAMES.has(host) || host.endsWith('.localhost')
}

/** Whether an IP address is one that {@link isSpecialHost} refuses, IPv4 inside IPv6 included. */
export function isSpecialAddress(address: string): boolean {
  const plain = address.replace(/%.*$/, '')
  if (isIP(plain) === 4) return SPECIAL.check(plain, 'ipv4')
  if (isIP(plain) !== 6) return false
  const embedded = embeddedIPv4(plain)
  return SPECIAL.check(plain, 'ipv6') || (embedded !== undefined && SPECIAL.check(embedded, 'ipv4'))
}

export function isLoopback(hostname: string): boolean {
  const host = bare(hostname)
  const family = isIP(host)
  if (family === 0) return host === 'localhost' || host.endsWith('.localhost')
  return LOOPBACK.check(host, family === 4 ? 'ipv4' : 'ipv6')
}

/** The IPv4 address inside a mapped (::ffff:0:0/96), compatible (::/96), NAT64 (64:ff9b::/96) or 6to4 (2002::/16) address. */
function embeddedIPv4(address: string): string | undefined {
  // URL writes every IPv6 address in the one canonical form of RFC 5952, dotted quads included.
  const groups = expand(new URL(`http://[${address}]/`).hostname.slice(1, -1))
  const head = groups.slice(0, 6).join(':')
  const pair = EMBEDDINGS.has(head)
    ? groups.slice(6, 8)
    : groups[0] === 0x2002
      ? groups.slice(1, 3)
      : undefined
  return pair?.flatMap((group) => [group >> 8, group & 255]).join('.')
}

const EMBEDDINGS = new Set(['0:0:0:0:0:65535', '0:0:0:0:0:0', `${0x64}:${0xff9b}:0:0:0:0`])

function expand(canonical: string): number[] {
  const [left = '', right] = canonical.split('::')
  const start = left === '' ? [] : left.split(':')
  const end = right === undefined || right === '' ? [] : right.split(':')
  const middle = right === undefined ? [] : new Array<string>(8 - start.length - end.length).fill('0')
  return [...start, ...middle, ...end].map((group) => Number.parseInt(group, 16))
}

function bare(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
}
