/**
 * What random repositories leave out because ours cannot do it yet. Each is a defect to be mended: take it from this
 * list, and the checks will see it again. They are told at every run.
 */
export const GAPS = {
  executableBit:
    '`add` does not record a file of which nothing but the executable bit has changed; `dvc add` does',
  ignoreBelowNewline:
    'below a folder with a line break in its name `.dvcignore` has no effect in DVC, and has one in ours: `add` makes another list of files',
} as const
