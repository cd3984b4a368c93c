import { Expected } from '@mlops-actions/text'

const WANT = 'the path of a file inside the repository, such as k8s/inference.yaml'

/**
 * A path as git writes it: relative, with `/`, without `.` or `..`, outside of `.git` in every spelling
 * that a file system may take for it (CVE-2014-9390).
 * @throws Expected
 */
export function parseRepositoryPath(text: string): string {
  const isWrong =
    text === '' ||
    text.length > 1_000 ||
    /[\u0000-\u001f\u007f\\\u2044\u2215\uff0f]/.test(text) ||
    /^[A-Za-z]:/.test(text) ||
    text.split('/').some(isForbidden)
  if (isWrong) throw new Expected(WANT)
  return text
}

function isForbidden(component: string): boolean {
  // Characters that HFS+ ignores, and the dots and blanks that Windows drops, could spell `.git` or `..`
  // otherwise.
  const plain = component
    .replace(/[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g, '')
    .replace(/[. ]+$/, '')
  return plain === '' || /^(?:\.git|git~1)$/i.test(plain)
}
