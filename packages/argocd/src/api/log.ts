import type { HttpResponse } from '@mlops-actions/http'
import { isLogEntry } from '../model/resource.wire.ts'

/** One JSON text on each line (`LogEntry` of application.proto); the last one says only that it is the last. */
export function readLog({ body }: HttpResponse): string {
  const entries = body
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => isLogEntry(JSON.parse(line)).result?.content ?? '')
  return entries.join('\n').trim()
}
