import { describe, expect, test } from '@jest/globals'
import { Failure } from '@mlops-actions/diagnostics'
import type { BuildRecord } from '@mlops-actions/ecr'
import { HOSTILE_TEXT } from '../../../test/harness/hostile.ts'
import { buildFailure } from '../src/failure-report.ts'
import { cacheSentence, stepTable } from '../src/step-table.ts'

const step = (name: string, more: Partial<BuildRecord['steps'][number]> = {}) => ({
  name,
  took: 1_000,
  cached: false,
  error: undefined,
  output: [],
  ...more,
})
const MADE = { manifest: undefined, config: undefined }

describe('the summary of a failed build', () => {
  const summaryOf = (text: string): string => {
    const failed = step(`[1/1] RUN ${text}`, { error: text, output: [text] })
    const record = { steps: [failed], text: [text, `ERROR: ${text}`], made: MADE }
    const failure = new Failure({ kind: 'workload', code: 'X', what: text, on: text, seen: text, next: text })
    const run = { record, metadata: undefined, failure, attempts: 1 }
    return buildFailure({ failure, run }, undefined).details.summary ?? ''
  }

  test.each(HOSTILE_TEXT)('shows %j as text', (text) => {
    const outside = summaryOf(text).replace(/^(`{3,})text\n[\s\S]*?\n\1$/gm, '')
    expect(outside).not.toMatch(/<(?!br>)|!\[|(?<!\\)\[[^\]]*\]\(|[\u001b\u202e\u2066]|:\/\/(?!\u200b)/)
    expect(summaryOf(text)).not.toMatch(/^\s*::\w|##\[/m)
  })

  test('says first that there is no new image, then why and what to do', () => {
    const lines = summaryOf('pip failed').split('\n')
    expect(lines[0]).toBe('## ❌ pip failed')
    expect(lines[2]).toBe('**Why:** pip failed')
  })
})

describe('the steps', () => {
  const record: BuildRecord = {
    steps: [
      step('[internal] load build context'),
      step('[1/3] FROM base', { cached: true }),
      step('[2/3] RUN pip install', { took: 61_000 }),
      step('[3/3] COPY . .', { took: undefined }),
      step('exporting to image', { took: 2_000 }),
    ],
    text: [],
    made: MADE,
  }
  test('of the Dockerfile are counted, those that ended', () => {
    expect(cacheSentence(record)).toBe('1 of 2 steps came from the cache')
    expect(cacheSentence({ ...record, steps: [] })).toBe('')
  })
  test('are listed with the longest first, without those of BuildKit', () => {
    expect(stepTable(record).filter((line) => line.startsWith('| `'))).toEqual([
      '| `[2/3] RUN pip install` | 1 min 1 s |',
      '| `exporting to image` | 2.0 s |',
      '| `[1/3] FROM base` | cached |',
    ])
    expect(stepTable({ ...record, steps: [] })).toEqual([])
  })
})
