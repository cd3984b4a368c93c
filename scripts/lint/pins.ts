import { localPath, type Problem, usesOf } from './rule.ts'
import type { WorkflowFile } from './workflow-file.wire.ts'

const BY_DIGEST = /@sha256:[0-9a-f]{64}$/

/** A tag can be moved by whoever owns the repository; a commit cannot. Our own files need no pin in this repository. */
export function pinnedActions({ path: from, jobs, text, lineOf }: WorkflowFile): Problem[] {
  const lines = text.split('\n')
  return jobs
    .flatMap((job) => usesOf(job))
    .flatMap(({ uses, path }) => {
      if (localPath(uses, from) !== undefined) return []
      if (uses.startsWith('docker://') && BY_DIGEST.test(uses)) return []
      const line = lineOf(path)
      if (!/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/.test(uses))
        return [{ line, what: `${uses} is not pinned to a full commit SHA` }]
      if (/#\s*v\d+(\.\d+)*/.test(lines[line - 1] ?? '')) return []
      return [{ line, what: `${uses} needs its version in a comment behind it, like \`# v1.2.3\`` }]
    })
}

/** The same for the images of `container:` and `services:`. */
export function pinnedImages({ jobs, lineOf }: WorkflowFile): Problem[] {
  return jobs
    .flatMap(({ images }) => images)
    .filter(({ image }) => !BY_DIGEST.test(image))
    .map(({ image, path }) => ({ line: lineOf(path), what: `image ${image} is not pinned to a digest` }))
}

/** GitHub reads anchors but no merge keys; a checker that reads them differently checks another file. */
export function noMergeKeys({ text }: WorkflowFile): Problem[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      /^[\s-]*<<\s*:/.test(line) ? [{ line: index + 1, what: 'GitHub reads no merge keys' }] : [],
    )
}
