import { BatchCheckLayerAvailabilityCommand } from '@mlops-actions/aws/ecr'
import { Failure, type World, withDetails } from '@mlops-actions/diagnostics'
import { callEcr } from './api.ts'
import { type AskedRepository, identity, nameOf } from './repository.ts'

/** Asked about only to be refused: no layer has it. */
const NO_LAYER = `sha256:${'0'.repeat(64)}`

/**
 * A push that was refused, with who was. An answer to HEAD has no words (RFC 9110, section 9.3.2), so that nobody says it there;
 * asked by the API for the right that this HEAD takes, AWS does. The failure as it is where it names somebody, is about something
 * else, or the role has that right.
 */
export async function nameRefused(
  call: Pick<World, 'signal'>,
  place: AskedRepository,
  failure: Failure,
): Promise<Failure> {
  if (failure.code !== 'ECR_ACCESS_DENIED' || /\bUser: /.test(failure.details.seen)) return failure
  const { ecr, repository } = place
  const command = new BatchCheckLayerAvailabilityCommand({
    ...identity(repository),
    layerDigests: [NO_LAYER],
  })
  const asked = {
    what: failure.details.what,
    on: nameOf(place),
    action: 'ecr:BatchCheckLayerAvailability',
  }
  try {
    await callEcr(call, ecr, asked, (abortSignal) => ecr.client.send(command, { abortSignal }))
    return failure
  } catch (refusal) {
    if (!(refusal instanceof Failure) || refusal.code !== 'AWS_ACCESS_DENIED') return failure
    const { seen, next } = refusal.details
    return withDetails(failure, { seen: `${failure.details.seen}\n${seen}`, next })
  }
}
