import { Failure } from '@mlops-actions/diagnostics'

/** The Failure that a step in this process ends with; any other error, and success, fail the test. */
export async function failureOf(step: () => Promise<unknown>): Promise<Failure> {
  try {
    await step()
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
  throw new Error('the step succeeded')
}
