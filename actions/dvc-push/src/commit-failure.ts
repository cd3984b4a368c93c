import { Failure, type FailureDetails, withDetails } from '@mlops-actions/diagnostics'
import type { RemoteUrl } from '@mlops-actions/git'

type Words = Partial<Pick<FailureDetails, 'what' | 'next'>>

/**
 * What keeps a commit from being made, in the words of this action: those of the packages are of inputs that it does not
 * have.
 * @param isPushed whether the data is in the remote by then
 */
export function commitFailure(thrown: unknown, remote: RemoteUrl, isPushed: boolean): unknown {
  if (!(thrown instanceof Failure) || thrown.kind === 'cancelled') return thrown
  const stays = isPushed ? { what: 'The data is pushed, but the commit that names it is not made' } : {}
  return withDetails(thrown, { ...wordsFor(thrown.code, remote), ...stays })
}

function wordsFor(code: string, remote: RemoteUrl): Words {
  switch (code) {
    case 'GIT_BRANCH_NOT_FOUND':
    case 'GITOPS_BRANCH_NOT_FOUND':
      return {
        next: 'Correct `commit-to`, the name of a branch such as main (not origin/main), or create the branch first',
      }
    case 'GIT_AUTH':
    case 'GIT_FORBIDDEN':
    case 'GIT_REPOSITORY_NOT_FOUND':
    case 'GH_AUTH':
    case 'GH_FORBIDDEN':
    case 'GH_NOT_FOUND':
      // What there is to say of keys and hosts is said in the inputs of this action.
      return remote.protocol === 'ssh' ? {} : { next: accessAdvice(remote) }
    case 'GIT_PUSH_PROTECTED':
    case 'GH_PROTECTED':
      return {
        next: 'Set `commit-to` to a branch that the token may push to and open a pull request from there, or let the App of `token` bypass the rule; where the rule asks for signatures alone, `transport: api` signs',
      }
    case 'GITOPS_MODE':
      return {
        what: 'Cannot commit the file by the API',
        next: 'Take its executable bit off, or set `transport: git`',
      }
    default:
      return {}
  }
}

function accessAdvice({ host, path }: RemoteUrl): string {
  return `Give the job \`permissions: contents: write\` where the \`token\` is the workflow's own (a pull request from a fork never gets more than reading), or a \`token\` with \`contents: write\` on ${path} of ${host}`
}
