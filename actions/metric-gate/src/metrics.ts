import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Failure, messageOf } from '@mlops-actions/diagnostics'
import { type Metrics, parseMetrics } from '@mlops-actions/gates'

/** JSON text, or the path of a JSON file below `folder`, as metrics. */
export async function readMetrics(
  input: string,
  { name, folder }: { name: string; folder: string },
): Promise<Metrics> {
  const text = input.trimStart().startsWith('{') ? input : await readText(resolve(folder, input), name)
  return parseMetrics(text, `the input \`${name}\``)
}

async function readText(path: string, name: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Failure({
      kind: 'config',
      code: 'METRICS_FILE',
      what: 'Cannot read the metrics',
      on: `the input \`${name}\``,
      seen: messageOf(cause),
      next: 'Give a JSON object, or the path of a file that the training wrote',
      cause,
    })
  })
}
