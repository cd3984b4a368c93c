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

/** Packages, each of a suite of Debian's or of the machine's own, for what is linked against its C library. */
export type DebianPackages = readonly (readonly [name: string, suite: 'trixie' | 'sid' | 'own'])[]

/**
 * Unpacks the Debian packages into the user's cache folder and returns that folder, a root of a file system. Nothing is
 * installed on the machine and no service of it is touched; apt verifies Debian's signatures, with a configuration of its
 * own. Throws on anything but Debian. The folder may be deleted at any time.
 * @param name of the folder: other packages are another folder
 */
export async function unpackDebian(name: string, packages: DebianPackages): Promise<string> {
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'mlops-actions')
  const root = join(cache, name)
  if (existsSync(join(root, 'ready'))) return root
  mkdirSync(cache, { recursive: true })
  const work = mkdtempSync(join(cache, `${name}-unpacking-`))
  try {
    const debs = await download(work, packages)
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

async function download(work: string, packages: DebianPackages): Promise<readonly string[]> {
  const own = debianSuite()
  for (const folder of ['lists/partial', 'archives/partial', 'debs'])
    mkdirSync(join(work, folder), { recursive: true })
  const suites = [...new Set([own, ...packages.map(([, suite]) => (suite === 'own' ? own : suite))])]
  const sources = suites.map(
    (suite) => `deb [signed-by=${KEYRING}] http://deb.debian.org/debian ${suite} main\n`,
  )
  writeFileSync(join(work, 'sources.list'), sources.join(''))
  writeFileSync(join(work, 'status'), '')
  const options = aptOptions(work)
  await runOrThrow('apt-get', [...options, 'update'], work)
  const wanted = packages.map(([name, suite]) => `${name}/${suite === 'own' ? own : suite}`)
  await runOrThrow('apt-get', [...options, 'download', ...wanted], join(work, 'debs'))
  const found = readdirSync(join(work, 'debs')).filter((name) => name.endsWith('.deb'))
  if (found.length !== packages.length) throw new Error(`apt-get brought ${found.join(', ')}`)
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
  throw new Error(`it is unpacked from Debian packages: want Debian with ${KEYRING}`)
}
