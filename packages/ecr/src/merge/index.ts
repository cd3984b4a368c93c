export { type MergedIndex, mergeIndex } from './merge-index.ts'
export { readEntries } from './read-entries.ts'
