import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

type StatsModule = { readonly nameForCondition?: unknown; readonly modules?: unknown }

/**
 * Text of licenses.txt: every third-party package that has code in the bundle, with version, licence and the full
 * text that came with it. Made from webpack's statistics, since ncc's own `--license` writes one file per chunk to
 * one name and so forgets all packages but those of the last chunk.
 * Throws an Error that names a package without any licence information.
 */
export function formatLicenses(stats: unknown): string {
  const folders = new Set(modulePaths(stats).flatMap((path) => packageFolder(path) ?? []))
  const entries = [...folders].map(describePackage)
  const unique = new Map(entries.map((entry) => [entry.title, entry.text]))
  return [...unique]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([title, text]) => `${title}\n${'-'.repeat(title.length)}\n${text.trim()}\n`)
    .join('\n')
}

/** Source files of all modules in webpack's statistics, those inside concatenated modules included. */
function modulePaths(stats: unknown): string[] {
  if (!isRecord(stats) || !Array.isArray(stats['modules'])) return []
  return stats['modules'].filter(isRecord).flatMap((module: StatsModule) => {
    const own = typeof module.nameForCondition === 'string' ? [module.nameForCondition] : []
    return [...own, ...modulePaths(module)]
  })
}

/** `/r/node_modules/a/node_modules/@s/b/lib/x.js` -> `/r/node_modules/a/node_modules/@s/b`; undefined for our own code. */
export function packageFolder(path: string): string | undefined {
  return /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(path)?.[1]
}

function describePackage(folder: string): { title: string; text: string } {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  if (!isRecord(manifest)) throw new Error(`${folder}/package.json does not hold a JSON object`)
  const { name, version, license } = manifest
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim())
  if (typeof license !== 'string' && texts.length === 0) throw new Error(`${String(name)} states no licence`)
  return {
    title: `${String(name)} ${String(version)} (${String(license ?? 'see below')})`,
    text: texts.join('\n\n'),
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
