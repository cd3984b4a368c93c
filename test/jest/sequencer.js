import imported from '@jest/test-sequencer'

// Depending on how jest loads this file, Node gives the CommonJS module or already its default export.
const Sequencer = imported.default ?? imported

// A fresh clone has no timings to go by: what starts many processes comes first, so that no long suite is left for the end,
// and what starts the most before all: a fork copies the tables of all memory that a worker has, and it has little yet.
const SLOW = [
  /\/test\/e2e\/|\/contention\.story/,
  /\/packages\/(?:git|github|gitops|process)\/|\/bump-kserve-image\/|\/(?:github|git-objects|action|lock|commit-tree)\.test/,
  /\/test\/contract\//,
  /\/(?:process|run|land|commit|reuse|live)(?:\.story)?\.test/,
  /\/actions\//,
]

export default class SlowFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) =>
      (SLOW.findIndex((pattern) => pattern.test(path)) + SLOW.length + 1) % (SLOW.length + 1)
    return [...super.sort(tests)].sort((a, b) => rank(a) - rank(b))
  }
}
