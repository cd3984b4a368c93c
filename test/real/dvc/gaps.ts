/**
 * What random repositories leave out because ours cannot do it yet. Each is a defect to be mended: take it from this
 * list, and the checks will see it again. They are told at every run.
 */
export const GAPS = {
  executableBit:
    '`add` does not record a file of which nothing but the executable bit has changed; `dvc add` does',
} as const
