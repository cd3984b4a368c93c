import type { CommitAuthor } from '@mlops-actions/gitops'
import { Expected } from '@mlops-actions/text'

/**
 * `Name <email>` as git writes it into a commit, which has no way to quote the angle brackets.
 * @throws Expected
 */
export function parseAuthor(text: string): CommitAuthor {
  const [, name = '', email = ''] =
    /^([^<>\u0000-\u001f\u007f]*[^<>\s\u0000-\u001f\u007f]) <([^<>\s\u0000-\u001f\u007f]+)>$/.exec(text) ?? []
  if (name === '' || text.length > 300) throw new Expected('Name <email>')
  return { name, email }
}
