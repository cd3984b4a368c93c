import Sequencer from '@jest/test-sequencer'

// A fresh clone has no timings to go by: what runs whole processes comes first, so that no long suite is left for the end.
const SLOW = [
  /\/test\/e2e\//,
  /\/test\/contract\//,
  /process\.test|action\.test|land\.test|command-line/,
  /\/actions\//,
]

export default class SlowFirst extends Sequencer.default {
  sort(tests) {
    const rank = ({ path }) =>
      (SLOW.findIndex((pattern) => pattern.test(path)) + SLOW.length + 1) % (SLOW.length + 1)
    return [...super.sort(tests)].sort((a, b) => rank(a) - rank(b))
  }
}
