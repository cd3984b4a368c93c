import type { Branch, CommitDraft, LandOutcome } from './branch.ts'

/**
 * The API has no place for a file's mode, and would make an executable file a plain one. So a commit with such a file goes
 * by git, which is opened when the first one is offered; everything else stays with the API.
 */
export function keepingModes(api: Branch, openGit: () => Promise<Branch>): Branch {
  let git: Promise<Branch> | undefined
  return {
    ...api,
    async land(draft) {
      if (draft.files.every(({ mode }) => mode === '100644')) return api.land(draft)
      git ??= openGit()
      return landByGit(await git, draft)
    },
    async close() {
      await api.close()
      await (await git)?.close()
    },
  }
}

/** Git makes the commit on this side, so it needs the tree of the head, which is the one that was looked at or none. */
async function landByGit(git: Branch, draft: CommitDraft): Promise<LandOutcome> {
  const { head } = await git.read([])
  if (head !== draft.parent) return { status: 'moved', seen: `its head is ${head.slice(0, 12)} now` }
  return git.land(draft)
}
