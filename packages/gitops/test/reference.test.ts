import { expect, test } from '@jest/globals'
import { referenceTrailers } from '../src/trailers/reference.ts'

test('a commit of the product closes no issue of the GitOps repository, and calls nobody', () => {
  const message = 'Fixes #12 for @ann\n\nCloses #13, acme/gitops#14\n@octocat'
  const commit = {
    sha: 'a'.repeat(40),
    repositoryUrl: 'https://github.com/acme/churn',
    author: 'Ann <a@example.com>',
  }
  const trailers = new Map(referenceTrailers({ ...commit, message }))
  const subject = trailers.get('Argocd-reference-commit-subject') ?? ''
  const body = trailers.get('Argocd-reference-commit-body') ?? ''
  expect(`${subject} ${body}`).not.toMatch(/#\d|@\w/)
  expect(subject.replaceAll('\u200b', '')).toBe('Fixes #12 for @ann')
  expect(JSON.parse(body)).toBe('Closes #13, acme/gitops#14\n@octocat')
})
