// @actions/workflow-parser imports its JSON schemas without the attribute that Node wants; outside of jest a loader hook
// adds it (packages/workflow-runner/src/official.ts).
const JSON_IMPORT = /^(import \w+ from "[^"]+\.json")(?=;$)/gm

export default {
  process: (source) => ({ code: source.replace(JSON_IMPORT, `$1 with { type: 'json' }`) }),
}
