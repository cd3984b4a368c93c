import type { Repository } from './state.ts'

/**
 * Keeps what git says of commits by their SHAs, which is the same for ever: who waits for a pull request asks again and again.
 * The question names all SHAs that the answer depends on.
 */
export function createAnswers<T>(): (
  repository: Repository,
  question: string,
  ask: () => Promise<T>,
) => Promise<T> {
  const answers = new WeakMap<Repository, Map<string, Promise<T>>>()
  return (repository, question, ask) => {
    const known = answers.get(repository) ?? new Map<string, Promise<T>>()
    answers.set(repository, known)
    const answer = known.get(question) ?? ask()
    known.set(question, answer)
    return answer
  }
}
