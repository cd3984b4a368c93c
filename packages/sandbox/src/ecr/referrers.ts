import { type JsonRecord, numberField, recordField } from '../registry/json.ts'
import { referrersOf } from '../registry/manifests.ts'
import { type EcrCall, invalid, requireString, useRepository } from './context.ts'
import { cutPage } from './paging.ts'

/** At most 50 a page, 20 unless asked for more; an image that nothing refers to, and one that is not there, has none. */
export function listImageReferrers(call: EcrCall): JsonRecord {
  const repository = useRepository(call, 'ListImageReferrers')
  const digest = requireString(recordField(call.input, 'subjectId') ?? {}, 'imageDigest')
  const maxResults = numberField(call.input, 'maxResults') ?? 20
  if (maxResults > 50) throw invalid('maxResults', 'Member must have value between 1 and 50')
  const referrers = referrersOf(repository, digest).map((one) => ({ ...one, artifactStatus: 'ACTIVE' }))
  const { page, ...next } = cutPage(referrers, { ...call.input, maxResults })
  return { referrers: page, ...next }
}
