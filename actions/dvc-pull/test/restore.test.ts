import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { PullProblem } from '@mlops-actions/dvc'
import { restoreAdvice, restoreCommands } from '../src/restore.ts'

const problem = (key: string, restoring = false): PullProblem => ({
  kind: 'archived',
  path: key,
  source: 'x.dvc',
  oid: undefined,
  seen: '',
  frozen: { bucket: 'data', key, restoring },
})
const command = (key: string) =>
  `aws s3api restore-object --bucket data --key ${key} --restore-request Days=7`

describe('the commands that restore', () => {
  test('are one for each object that nobody has asked for, and quote what a shell would read', () => {
    const problems = [problem('a/b'), problem('a/b'), problem("it's $HOME"), problem('c', true)]
    expect(restoreCommands(problems)).toEqual([command('a/b'), command("'it'\\''s $HOME'")])
  })

  test('stand in the advice: the one itself, or one over the report for all of them', () => {
    expect(restoreAdvice([problem('a/b')])).toContain(`\`${command('a/b')}\``)
    expect(restoreAdvice([problem('a'), problem('b')])).toContain('REPORT is the file of `report-file`')
    expect(restoreAdvice([problem('a', true)])).not.toContain('aws')
  })

  const hasJq = spawnSync('jq', ['--version']).status === 0
  ;(hasJq ? test : test.skip)('over the report ask for each object once, whatever its key is', () => {
    const keys = ["it's here/$HOME `x`", 'plain', 'plain']
    const values = [...keys.map((key) => problem(key)), problem('under way', true)]
    const problems = values.map(({ kind, frozen }) => ({ kind, ...frozen }))
    const folder = mkdtempSync(join(tmpdir(), 'restore-'))
    try {
      writeFileSync(join(folder, 'aws'), '#!/bin/sh\nfor word; do echo "$word"; done\n', { mode: 0o755 })
      const report = join(folder, 'report.json')
      writeFileSync(report, JSON.stringify({ problems: [...problems, { kind: 'missing' }] }))
      const [, all = ''] = /`(jq .* \| sh)`/.exec(restoreAdvice(values)) ?? []
      const env = { PATH: `${folder}:${process.env['PATH']}` }
      const said = execFileSync('sh', ['-c', all.replace('REPORT', report)], { env, encoding: 'utf8' })
      const asked = said.split('\n').filter((line, at, lines) => lines[at - 1] === '--key' && line !== '')
      expect(asked).toEqual(keys.slice(0, 2))
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
