import type { JsonValue } from '@mlops-actions/diagnostics'
import { contentId } from '@mlops-actions/dvc'
import type { Outcome } from './outcome.ts'

/** Every file that was written, as outputs and the report tell of it. Made once: there may be a hundred thousand of them. */
export function writtenFiles({ plan, result }: Pick<Outcome, 'plan' | 'result'>): JsonValue[] {
  const written: JsonValue[] = []
  for (const { file, step } of plan.files) {
    const link = result?.placed.get(file.path)
    if (link === undefined) continue
    const { path, oid: md5 } = file
    const size = result?.fetched.get(contentId(file)) ?? null
    written.push({ path, md5, size, step: step === 'fetch' ? 'download' : 'cache', link })
  }
  return written
}

/** The same of what a dry run would write. */
export function plannedFiles({ files, sizes }: Outcome['plan']): JsonValue[] {
  return files
    .filter(({ step }) => step === 'fetch' || step === 'place')
    .map(({ file, step }) => ({
      path: file.path,
      md5: file.oid,
      size: sizes.get(contentId(file)) ?? null,
      step: step === 'fetch' ? 'download' : 'cache',
    }))
}
