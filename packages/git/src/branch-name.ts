import { Expected } from '@mlops-actions/text'

const WANT = 'the name of a branch as git-check-ref-format allows it, without refs/heads/'

/**
 * A branch name by the rules of git-check-ref-format(1) and those that `git branch` adds: no leading dash,
 * not HEAD.
 * @throws Expected
 */
export function parseBranchName(text: string): string {
  const components = text.split('/')
  const isWrong =
    text === '' ||
    text === 'HEAD' ||
    text.startsWith('-') ||
    text.startsWith('refs/') ||
    text.endsWith('.') ||
    text.includes('..') ||
    text.includes('@{') ||
    text.length > 200 ||
    /[\u0000-\u0020\u007f~^:?*[\\]/.test(text) ||
    components.some(
      (component) => component === '' || component.startsWith('.') || component.endsWith('.lock'),
    )
  if (isWrong) throw new Expected(WANT)
  return text
}
