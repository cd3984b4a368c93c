import { Failure } from './failure.ts'
import { systemTrouble } from './system.ts'

/** Any thrown value as a {@link Failure}: a state of the machine by its own words, anything else as a defect of ours. */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown
  const trouble = systemTrouble(thrown)
  if (trouble !== undefined) {
    const { errno, path = 'a file of this step', ...words } = trouble
    return new Failure({
      ...words,
      code: `SYSTEM_${errno}`,
      what: 'Cannot use a file',
      on: path,
      cause: thrown,
    })
  }
  return new Failure({
    kind: 'internal',
    code: 'INTERNAL',
    what: 'The action has a defect',
    on: isErrorLike(thrown) ? String(thrown.name) : typeof thrown,
    seen: messageOf(thrown),
    next: 'Please report this with the log of a run that has debug logging on',
    cause: thrown,
  })
}

/** The messages of an error and of all its causes, outermost first. A cycle ends the list. */
export function causeChain(thrown: unknown): string[] {
  const seen = new Set<unknown>()
  const messages: string[] = []
  for (let error = thrown; error !== undefined && !seen.has(error); ) {
    seen.add(error)
    messages.push(messageOf(error))
    error = isErrorLike(error) ? error.cause : undefined
  }
  return messages
}

/** The message of any thrown value; an AggregateError says what it is made of. */
export function messageOf(thrown: unknown): string {
  if (!isErrorLike(thrown)) return String(thrown)
  const { message, name, errors } = thrown
  if (message === '' && Array.isArray(errors)) return errors.map(messageOf).join('; ')
  return message === '' ? String(name) : message
}

/** By its shape: an error of another realm (a worker, a vm context) is no instance of this realm's Error. */
function isErrorLike(
  thrown: unknown,
): thrown is { message: string; name?: unknown; errors?: unknown; cause?: unknown } {
  return (
    typeof thrown === 'object' && thrown !== null && 'message' in thrown && typeof thrown.message === 'string'
  )
}
