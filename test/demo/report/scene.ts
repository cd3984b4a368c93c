import type { Entry } from '../describe.ts'
import type { Scene } from '../scene.ts'
import { type Bar, formatGantt, type Lane } from './gantt.ts'
import { escapeHtml, lines } from './html.ts'
import { renderMarkdown } from './markdown.ts'

/** What is said of a scene at a glance, on its card at the top of the page. */
export function formatCard(scene: Scene, number: number): string {
  const tone = toneOf(scene)
  return `<a class="card ${tone}" href="#${scene.name}"><span class="soft">${number}. ${escapeHtml(scene.workflow)}</span><strong>${escapeHtml(headlineOf(scene))}</strong><span class="soft">${escapeHtml(trafficOf(scene))}</span></a>`
}

/** One act: what was said, the picture, each step, what it left behind, and the summaries that people would read. */
export function formatScene(scene: Scene, number: number): string {
  return lines(
    `<section id="${scene.name}">`,
    `<h2>${number}. ${escapeHtml(scene.title)}</h2>`,
    `<p>${badgesOf(scene)}</p>`,
    `<p class="verdict">${escapeHtml(scene.verdict)}</p>`,
    ...scene.notes.map((note) => `<p>${escapeHtml(note)}</p>`),
    `<div class="scroll">${formatGantt(scene.entries.map(barOf), [customersOf(scene)])}</div>`,
    stepsOf(scene.entries),
    '<h3>What this act claims</h3>',
    `<ul class="claims">${scene.claims.map(({ text, held, seen }) => `<li>${signOf(held)} ${escapeHtml(text)}${held ? '' : ` <span class="minus">(seen: ${escapeHtml(seen)})</span>`}</li>`).join('')}</ul>`,
    summariesOf(scene),
    messagesOf(scene),
    '<h3>What it left behind</h3>',
    `<div class="scroll"><table class="objects"><tr><th>system</th><th>what</th><th>identity</th></tr>${scene.objects.map(({ system, what, identity }) => `<tr><td>${escapeHtml(system)}</td><td>${escapeHtml(what)}</td><td><code>${escapeHtml(identity)}</code></td></tr>`).join('')}</table></div>`,
    '</section>',
  )
}

function headlineOf({ result, serving, name }: Scene): string {
  const colour = result.conclusion === 'success' ? 'Green' : 'Red'
  if (name === 'today') return `${colour}, but ${serving} serves`
  return result.conclusion === 'success'
    ? `${colour}: ${serving} serves, proven`
    : `${colour}: ${serving} serves again, verified`
}

/** The workflow of today is the bad end of the story although its run is green. */
function toneOf({ name, result, claims }: Scene): 'good' | 'bad' {
  if (claims.some(({ held }) => !held)) return 'bad'
  return name !== 'today' && result.conclusion === 'success' ? 'good' : name === 'today' ? 'bad' : 'good'
}

function badgesOf(scene: Scene): string {
  const { result, serving, commit, traffic } = scene
  const run = result.conclusion === 'success' ? 'good' : 'bad'
  const badges = [
    `<span class="badge ${run}">run: ${escapeHtml(result.conclusion)}</span>`,
    `<span class="badge">serving: ${escapeHtml(serving)}</span>`,
    `<span class="badge ${traffic.lost === 0 ? 'good' : 'bad'}">${escapeHtml(trafficOf(scene))}</span>`,
    `<span class="soft">commit <code>${escapeHtml(commit.slice(0, 12))}</code>, ${(result.durationMs / 1_000).toFixed(1)} s</span>`,
  ]
  return badges.join('')
}

function trafficOf({ traffic: { sent, lost } }: Scene): string {
  return lost === 0 ? `${sent} requests, none lost` : `${lost} of ${sent} requests lost`
}

function barOf({ label, startedMs, tookMs, failed, text }: Entry): Bar {
  return { label, from: startedMs, to: startedMs + tookMs, tone: failed ? 'bad' : 'good', title: text }
}

/** Who answered the customers: the version that served at the end is the last one that answered. */
function customersOf({ traffic, serving }: Scene): Lane {
  const answered = traffic.spans.flatMap(({ version }) => version ?? [])
  const [first, last] = [answered[0], answered.at(-1)]
  const spans = traffic.spans.map(({ version, fromMs, toMs }) => {
    if (version === undefined) return { from: fromMs, to: toMs, name: 'lost', tone: 'lost' }
    const name = version === last ? serving : 'v1'
    return { from: fromMs, to: toMs, name, tone: version === first ? 'old' : 'new' }
  })
  return { label: 'answers by', spans }
}

function stepsOf(entries: readonly Entry[]): string {
  const rows = entries.map(
    ({ startedMs, label, text, tookMs, failed }) =>
      `<tr class="${failed ? 'bad' : ''}"><td>${(startedMs / 1_000).toFixed(1)} s</td><td>${escapeHtml(label)}</td><td>${failed ? '✖ ' : ''}${escapeHtml(text)}</td><td>${(tookMs / 1_000).toFixed(1)} s</td></tr>`,
  )
  return `<div class="scroll"><table class="steps">${rows.join('')}</table></div>`
}

function summariesOf({ result }: Scene): string {
  const steps = result.jobs
    .flatMap((job) => job.steps)
    .filter(({ summary }) => summary.trim() !== '')
    .sort((one, other) => one.startedMs - other.startedMs)
  if (steps.length === 0) return ''
  const isOpen = (step: (typeof steps)[number]): boolean =>
    step.conclusion === 'failure' || step === steps.at(-1)
  const blocks = steps.map(
    (step) =>
      `<details class="summary"${isOpen(step) ? ' open' : ''}><summary>${signOf(step.conclusion === 'success')} ${escapeHtml(step.name)}</summary>${renderMarkdown(step.summary)}</details>`,
  )
  return lines('<h3>Job summaries</h3>', ...blocks)
}

function messagesOf({ messages }: Scene): string {
  if (messages.length === 0) return ''
  return lines('<h3>In Slack</h3>', ...messages.map((text) => `<blockquote>${escapeHtml(text)}</blockquote>`))
}

/** Glyphs of every font; an emoji is an empty box on a machine without one for it. */
function signOf(good: boolean): string {
  return good ? '<span class="plus">✔</span>' : '<span class="minus">✖</span>'
}
