// Everything that can be said about the repository without running its tests. One line per part; all parts run.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from './build.ts'
import { compareFolders } from './bundle/compare.ts'
import { type Finished, runCommand } from './command.ts'

type Part = { readonly name: string; readonly run: (root: string) => Promise<Finished> }

const PARTS: readonly Part[] = [
  {
    name: 'types',
    run: (root) => node(root, 'node_modules/typescript/bin/tsc', '-p', '.', '--pretty', 'false'),
  },
  {
    name: 'lint and format',
    run: (root) => node(root, 'node_modules/@biomejs/biome/bin/biome', 'ci', '--colors=off'),
  },
  { name: 'boundaries', run: (root) => node(root, 'scripts/boundaries.ts') },
  { name: 'docs', run: (root) => node(root, 'scripts/docs.ts', '--check') },
  { name: 'workflows', run: (root) => node(root, 'scripts/lint-workflows.ts') },
  { name: 'dist is up to date', run: checkDist },
]

function node(root: string, script: string, ...args: string[]): Promise<Finished> {
  return runCommand(process.execPath, [join(root, script), ...args], { cwd: root })
}

/** Builds everything again beside the committed bundles and compares the bytes. */
async function checkDist(root: string): Promise<Finished> {
  const out = mkdtempSync(join(tmpdir(), 'mlops-actions-dist-'))
  try {
    await build({ root, out, say: () => {} })
    const differences = compareFolders(out, join(root, 'dist'))
    if (differences.length === 0) return { code: 0, output: '' }
    return {
      code: 1,
      output: `dist/ is not what the sources make; run npm run build:\n${differences.join('\n')}`,
    }
  } catch (error) {
    return { code: 1, output: String(error) }
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}

async function main(): Promise<void> {
  const root = resolve(import.meta.dirname, '..')
  const failed: string[] = []
  for (const { name, run } of PARTS) {
    const start = performance.now()
    const { code, output } = await run(root)
    const seconds = ((performance.now() - start) / 1000).toFixed(1)
    console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`)
    if (code === 0) continue
    failed.push(name)
    console.log(output.trimEnd().replaceAll(/^/gm, '    '))
  }
  console.log(`check: ${PARTS.length - failed.length} passed, ${failed.length} failed`)
  if (failed.length > 0) process.exitCode = 1
}

if (import.meta.main) await main()
