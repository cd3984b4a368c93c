import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { runOrThrow } from '../../scripts/command.ts'

const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg'

/**
 * A Docker engine, a registry and a buildx of at least 0.26, which only Debian's unstable has. busybox is what a `RUN`
 * step runs: nothing is pulled from anywhere.
 */
const PACKAGES: readonly (readonly [name: string, suite: 'trixie' | 'sid' | 'own'])[] = [
  ['docker.io', 'trixie'],
  ['docker-cli', 'trixie'],
  ['containerd', 'trixie'],
  ['docker-registry', 'trixie'],
  ['docker-buildx', 'sid'],
  // Linked against the C library of its own suite.
  ['runc', 'own'],
  ['busybox-static', 'own'],
]

/**
 * Unpacks the Debian packages into the user's cache folder and returns that folder, a root of a file system. Nothing is
 * installed on the machine and no service of it is touched; apt verifies Debian's signatures, with a configuration of its
 * own. Throws on anything but Debian. The folder may be deleted at any time.
 */
export async function unpackDocker(): Promise<string> {
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'mlops-actions')
  const root = join(cache, 'docker-26-buildx-0.29')
  if (existsSync(join(root, 'ready'))) return root
  mkdirSync(cache, { recursive: true })
  const work = mkdtempSync(join(cache, 'docker-unpacking-'))
  try {
    const debs = await download(work)
    const unpacked = join(work, 'root')
    for (const deb of debs) await runOrThrow('dpkg-deb', ['--extract', deb, unpacked], work)
    writeFileSync(join(unpacked, 'ready'), '')
    rmSync(root, { recursive: true, force: true })
    renameSync(unpacked, root)
    return root
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

async function download(work: string): Promise<readonly string[]> {
  const own = debianSuite()
  for (const folder of ['lists/partial', 'archives/partial', 'debs'])
    mkdirSync(join(work, folder), { recursive: true })
  const suites = [...new Set([own, 'trixie', 'sid'])]
  const sources = suites.map(
    (suite) => `deb [signed-by=${KEYRING}] http://deb.debian.org/debian ${suite} main\n`,
  )
  writeFileSync(join(work, 'sources.list'), sources.join(''))
  writeFileSync(join(work, 'status'), '')
  const options = aptOptions(work)
  await runOrThrow('apt-get', [...options, 'update'], work)
  const wanted = PACKAGES.map(([name, suite]) => `${name}/${suite === 'own' ? own : suite}`)
  await runOrThrow('apt-get', [...options, 'download', ...wanted], join(work, 'debs'))
  const found = readdirSync(join(work, 'debs')).filter((name) => name.endsWith('.deb'))
  if (found.length !== PACKAGES.length) throw new Error(`apt-get brought ${found.join(', ')}`)
  return found.map((name) => join(work, 'debs', name))
}

function aptOptions(work: string): readonly string[] {
  const settings = {
    'Dir::State': work,
    'Dir::State::lists': join(work, 'lists'),
    'Dir::State::status': join(work, 'status'),
    'Dir::Cache': work,
    'Dir::Etc::sourcelist': join(work, 'sources.list'),
    'Dir::Etc::sourceparts': '/dev/null',
    'Acquire::Languages': 'none',
    'Acquire::IndexTargets::deb::DEP-11::DefaultEnabled': 'false',
    'APT::Sandbox::User': 'root',
  }
  return Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`])
}

function debianSuite(): string {
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : ''
  const suite = /^VERSION_CODENAME=(\w+)$/m.exec(release)?.[1]
  if (/^ID=debian$/m.test(release) && suite !== undefined && existsSync(KEYRING)) return suite
  throw new Error(`the Docker engine is unpacked from Debian packages: want Debian with ${KEYRING}`)
}
