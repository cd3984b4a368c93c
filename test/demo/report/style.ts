/** The page's whole style: light and dark, no font or picture from elsewhere. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --text: #1c2430; --soft: #5b6675; --line: #dde2e9; --code: #f1f3f6;
  --good: #1a7f45; --good-soft: #dff3e6; --bad: #c4314b; --bad-soft: #fbe3e7; --plain: #3b6fb6; --new: #7a4fc0; --link: #1f5fae;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #10151c; --card: #182029; --text: #e4e9ef; --soft: #9aa7b6; --line: #2b3642; --code: #111820;
    --good: #4cc38a; --good-soft: #16382a; --bad: #f0788c; --bad-soft: #42202a; --plain: #6ea3e8; --new: #b497ee; --link: #82b1f0;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; overflow-wrap: break-word; }
main { max-width: 1060px; margin: 0 auto; padding: 32px 20px 64px; }
h1 { font-size: 27px; margin: 0 0 4px; letter-spacing: -0.01em; }
h2 { font-size: 20px; margin: 0 0 10px; }
h3 { font-size: 15px; margin: 24px 0 8px; }
p { margin: 8px 0; }
a { color: var(--link); }
.soft { color: var(--soft); }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(240px, 1fr)); gap: 14px; margin: 22px 0; }
.card, section { background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.card { padding: 14px 16px; color: inherit; text-decoration: none; display: block; border-top: 4px solid var(--plain); }
.card.good { border-top-color: var(--good); } .card.bad { border-top-color: var(--bad); }
.card strong { display: block; font-size: 16px; margin: 2px 0; }
section { padding: 20px 22px; margin: 18px 0; }
.badge { display: inline-block; border-radius: 99px; padding: 1px 10px; font-size: 13px; font-weight: 600; background: var(--code); margin-right: 6px; }
.badge.good { background: var(--good-soft); color: var(--good); } .badge.bad { background: var(--bad-soft); color: var(--bad); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; margin: 10px 0; font-size: 14px; }
th, td { border-bottom: 1px solid var(--line); padding: 5px 14px 5px 0; text-align: left; vertical-align: top; }
th { color: var(--soft); font-weight: 600; }
td[align="right"], th[align="right"] { text-align: right; }
code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 12.5px; }
code { background: var(--code); border-radius: 4px; padding: 1px 4px; overflow-wrap: anywhere; }
pre { background: var(--code); border-radius: 8px; padding: 10px 12px; overflow-x: auto; line-height: 1.45; }
pre code { padding: 0; background: none; overflow-wrap: normal; }
.plus { color: var(--good); } .minus { color: var(--bad); } .dim { color: var(--soft); }
details { border: 1px solid var(--line); border-radius: 8px; margin: 8px 0; padding: 0 14px; }
details > summary { cursor: pointer; padding: 8px 0; font-weight: 600; }
details[open] > summary { border-bottom: 1px solid var(--line); margin-bottom: 10px; }
.summary td:first-child { white-space: nowrap; }
.summary table { display: block; max-width: 100%; overflow-x: auto; }
.summary td code { word-break: break-all; }
.verdict { font-weight: 600; }
.summary h2 { font-size: 16px; margin: 10px 0 6px; }
.summary .gantt { margin: 8px 0; }
.claims { list-style: none; padding: 0; margin: 8px 0; }
.claims li { padding: 1px 0; }
.steps td:first-child { width: 1%; white-space: nowrap; color: var(--soft); text-align: right; }
.steps td:nth-child(2) { width: 1%; font-weight: 600; white-space: nowrap; }
.steps td:last-child { white-space: nowrap; text-align: right; color: var(--soft); padding-right: 0; }
.steps, .objects { width: 100%; }
.steps td:nth-child(3) { overflow-wrap: anywhere; }
.objects td:last-child code { font-size: 11.5px; }
.steps tr.bad td:nth-child(3) { color: var(--bad); }
.gantt { width: 100%; min-width: 620px; height: auto; display: block; }
.gantt text { fill: var(--text); font: 12px system-ui, sans-serif; }
.gantt .label { text-anchor: end; } .gantt .tick { text-anchor: middle; fill: var(--soft); font-size: 11px; }
.gantt .took { fill: var(--soft); font-size: 11px; }
.gantt .grid { stroke: var(--line); stroke-width: 1; }
.gantt .bar.good { fill: var(--good); } .gantt .bar.bad { fill: var(--bad); } .gantt .bar.plain { fill: var(--plain); }
.gantt .lane { opacity: 0.85; } .gantt .lane.old { fill: var(--plain); } .gantt .lane.new { fill: var(--new); } .gantt .lane.lost { fill: var(--bad); }
.gantt text.within { fill: var(--card); font-weight: 600; font-size: 11px; }
blockquote { margin: 8px 0; padding: 4px 14px; border-left: 3px solid var(--line); color: var(--soft); }
section > :last-child, section .scroll:last-child > table { margin-bottom: 0; }
@media (max-width: 640px) {
  main { padding: 20px 12px 40px; }
  section { padding: 16px 14px; }
  .steps tr { display: grid; grid-template-columns: auto 1fr auto; border-bottom: 1px solid var(--line); padding: 5px 0; column-gap: 12px; }
  .steps td, .steps td:first-child, .steps td:nth-child(2) { width: auto; border: 0; padding: 0; }
  .steps td:nth-child(3) { grid-column: 1 / -1; grid-row: 2; }
  .objects th { display: none; }
  .objects tr { display: block; border-bottom: 1px solid var(--line); padding: 5px 0; }
  .objects td { border: 0; padding: 0 8px 0 0; display: inline; }
  .objects td:last-child { display: block; }
  .summary td:first-child { white-space: normal; }
  .summary td code { white-space: nowrap; }
}
@media print {
  :root {
    --page: #ffffff; --card: #ffffff; --text: #1c2430; --soft: #5b6675; --line: #dde2e9; --code: #f1f3f6;
    --good: #1a7f45; --bad: #c4314b; --plain: #3b6fb6; --new: #7a4fc0; --link: #1f5fae;
  }
  main { max-width: none; padding: 0; }
  .badge { border: 1px solid var(--line); }
  h2, h3 { break-after: avoid; }
  tr, .card, .gantt, .claims li { break-inside: avoid; }
}
footer { color: var(--soft); font-size: 13.5px; margin-top: 28px; }
`
