import { basename, dirname } from 'node:path'
import { OVERHEAD_MEANING, ownTime } from '../overhead.ts'
import type { Scene } from '../scene.ts'
import type { Story } from '../story.ts'
import { escapeHtml, lines } from './html.ts'
import { formatCard, formatScene } from './scene.ts'
import { STYLE } from './style.ts'

/** The whole page: one file that asks nothing of anybody. */
export function formatPage(story: Story, now: Date): string {
  const { scenes, machine, serving } = story
  const builder = escapeHtml(machine.builder.name)
  const held = scenes.every(({ claims }) => claims.every((claim) => claim.held))
  return lines(
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<title>mlops-actions demo</title>',
    `<style>${STYLE}</style>`,
    '</head>',
    '<body><main>',
    `<h1>churn ${escapeHtml(serving)} serves</h1>`,
    `<p class="soft">mlops-actions demo, ${now.toISOString().slice(0, 16).replace('T', ' ')} UTC. ${held ? 'Everything below was so when it was checked.' : '<strong class="minus">Not everything was as the story says; see the marks.</strong>'} Real bundles and real workflow files on servers of this machine; images built by ${builder}.</p>`,
    `<div class="cards">${scenes.map((scene, index) => formatCard(scene, index + 1)).join('')}</div>`,
    ...scenes.map((scene, index) => formatScene(scene, index + 1)),
    overheadSection(story),
    standInSection(story),
    `<footer>node ${escapeHtml(machine.versions.node)} · git ${escapeHtml(machine.versions.git)} · python ${escapeHtml(machine.versions.python)} · images: ${builder}</footer>`,
    '</main></body></html>',
    '',
  )
}

function overheadSection({ scenes, overhead }: Story): string {
  if (overhead.processes === 0) return ''
  const rows = scenes.flatMap((scene) => rowsOf(scene))
  return lines(
    '<section id="overhead">',
    `<h2>Our own time: ${seconds(overhead.ownMs)} of ${seconds(overhead.totalMs)}</h2>`,
    `<p class="soft">${escapeHtml(OVERHEAD_MEANING)}</p>`,
    '<details><summary>Each process</summary><table>',
    '<tr><th>act</th><th>action</th><th align="right">lived</th><th align="right">own</th></tr>',
    ...rows,
    '</table></details>',
    '</section>',
  )
}

function standInSection({ scenes, machine: { builder } }: Story): string {
  const rows = new Map(
    scenes.flatMap(({ standIns }) => standIns.map((row) => [row.action, row.standIn] as const)),
  )
  const name = escapeHtml(builder.name)
  const images = builder.isReal
    ? `Images are built and pushed by ${name}; pods unpack them from the registry and run as processes of this machine.`
    : `Images are built by ${name}; <code>npm run demo -- --docker</code> takes the Docker engine that you have.`
  const servers =
    'S3, ECR, STS, Kubernetes with KServe, Argo CD, Kubeflow Pipelines, MLflow, GitHub and Slack'
  return lines(
    '<section id="stand-ins">',
    '<h2>What stood in for what</h2>',
    `<p>${servers} are the sandbox's own servers; git, Python and the product's code are real, and so are the bundles in <code>dist/</code>. ${images} Actions of others:</p>`,
    '<table>',
    ...[...rows].map(
      ([action, standIn]) =>
        `<tr><td><code>${escapeHtml(action)}</code></td><td>${escapeHtml(standIn)}</td></tr>`,
    ),
    '</table>',
    '</section>',
  )
}

function rowsOf({ name, meters }: Scene): readonly string[] {
  return meters.map(
    (meter) =>
      `<tr><td>${name}</td><td>${escapeHtml(basename(dirname(meter.script)))}</td><td align="right">${seconds(meter.livedMs)}</td><td align="right">${seconds(ownTime(meter))}</td></tr>`,
  )
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(2)} s`
}
