// How long an edit of a large manifest takes, from its text to the new text: nothing else of the step runs meanwhile,
// a cancel included. The baseline is the time in which `yaml` parses the same text once.
import { applyPlan, planEdits } from '@mlops-actions/manifest'
import { parseAllDocuments } from 'yaml'
import { measureMedians, type Row, row, timeOf } from '../../scripts/bench/measure.ts'

/**
 * A document is parsed before and after its edit; more would be parsing it several times over. Of many documents those
 * that cannot hold the target are not parsed at all.
 */
const SUBJECTS: readonly { readonly name: string; readonly text: string; readonly limit: number }[] = [
  { name: '200 documents, 240 kB', text: manifest(200, 18), limit: 0.3 },
  { name: '200 documents, 1 MB', text: manifest(200, 80), limit: 0.3 },
  { name: '1 document, 1 MB', text: manifest(1, 16_000), limit: 3 },
]

export async function rows(): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const { name, text, limit } of SUBJECTS) {
    const subjects = new Map([
      ['edit', () => timeOf(() => edit(text))],
      ['parse', () => timeOf(() => parseAllDocuments(text, { uniqueKeys: false, logLevel: 'silent' }))],
    ])
    const medians = await measureMedians(subjects, { rounds: 7, warmUp: 1 })
    const of = (subject: string): number => medians.get(subject)?.[0] ?? Number.NaN
    rows.push(row(`edit ${name}`, of('edit'), 'ms', of('parse'), limit))
  }
  return rows
}

function edit(text: string): string {
  const change = {
    set: 'image',
    value: 'r.example/churn:2',
    parts: { name: 'r.example/churn', tag: '2' },
    target: { name: 'm0' },
  } as const
  return applyPlan(planEdits({ path: 'k8s/all.yaml', text }, [change]))
}

/** Documents as people write them, each an InferenceService with so many variables. */
function manifest(documents: number, variables: number): string {
  const env = Array.from(
    { length: variables },
    (_, index) => `          - name: VARIABLE_${index}\n            value: "value ${index}"\n`,
  ).join('')
  return Array.from(
    { length: documents },
    (_, index) =>
      `apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nmetadata:\n  name: m${index}\nspec:\n  predictor:\n` +
      `    containers:\n      - name: kserve-container\n        image: r.example/churn:1\n        env:\n${env}`,
  ).join('---\n')
}
