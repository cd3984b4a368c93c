import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { testWorld } from '../../../test/harness/world.ts'
import { declareSubjects } from '../src/artifacts.ts'

const DIGEST = `sha256:${'4f'.repeat(32)}`
const OTHER = `sha256:${'2c'.repeat(32)}`
const IMAGE = { name: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/ml/churn', digest: DIGEST }

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'artifacts-'))
  writeFileSync(join(folder, 'artifacts'), '')
})
afterEach(() => rmSync(folder, { recursive: true }))

/** @param list what the runner says that steps before have declared */
function declare(subjects: readonly (typeof IMAGE)[], list?: string, file = 'artifacts') {
  const world = testWorld()
  const env = { GITHUB_ARTIFACTS: join(folder, file) }
  if (list !== undefined) writeFileSync(join(folder, 'list'), list)
  const known = list === undefined ? {} : { GITHUB_ARTIFACTS_LIST: join(folder, 'list') }
  declareSubjects({ ...env, ...known }, subjects, world.log)
  return { lines: world.lines, written: readFileSync(join(folder, 'artifacts'), 'utf8') }
}

/** As actions/runner ArtifactsListFileCommand.cs writes it. */
const listOf = (...subjects: readonly (typeof IMAGE)[]): string =>
  JSON.stringify({ version: 1, subjects: subjects.map((subject) => ({ ...subject, kind: 'oci' })) })

/** actions/runner CreateArtifactsFileCommand.cs: no `=`, an oci:// entry with a whole digest. */
const LINE = /^oci:\/\/([^=\s]+)@sha256:[0-9a-f]{64}$/

describe('a subject', () => {
  test('is one line in the form that the runner takes, behind what the step has declared before', () => {
    writeFileSync(join(folder, 'artifacts'), '# by hand\n')
    const { written, lines } = declare([IMAGE])
    expect(written).toBe(`# by hand\noci://${IMAGE.name}@${DIGEST}\n`)
    expect(written.split('\n')[1]).toMatch(LINE)
    expect(lines).toEqual([])
  })

  test.each([
    ['a list of nothing', listOf()],
    ['the empty list of a runner whose feature is off', ''],
    ['a list of another version', '{"version":2,"subjects":{}}'],
    ['a list that is no JSON', 'oops'],
    ['other subjects', listOf({ name: 'x/y', digest: OTHER })],
  ])('is declared beside %s', (_what, list) => {
    expect(declare([IMAGE], list).written).toBe(`oci://${IMAGE.name}@${DIGEST}\n`)
  })

  test('is not declared twice', () => {
    expect(declare([IMAGE], listOf(IMAGE))).toEqual({ written: '', lines: [] })
  })

  test('is left out where the runner would fail the step for it, and that is said', () => {
    const { written, lines } = declare([IMAGE], listOf({ ...IMAGE, digest: OTHER }))
    expect(written).toBe('')
    expect(lines).toEqual([
      `warning: ${IMAGE.name}@${DIGEST} is not declared for attestation, since a step before has declared it as ${OTHER}: give actions/attest its name and digest`,
    ])
  })

  test('is left out where a job has declared as many as the runner takes', () => {
    const many = Array.from({ length: 500 }, (_, at) => ({ name: `x/${at}`, digest: OTHER }))
    const { written, lines } = declare([IMAGE], listOf(...many))
    expect(written).toBe('')
    expect(lines[0]).toContain('the runner takes no more than 500 of a job')
  })

  test('that cannot be written is a warning', () => {
    expect(declare([IMAGE], undefined, 'no/such/file').lines[0]).toMatch(
      /^warning: The image could not be declared for attestation: ENOENT/,
    )
  })
})

test('a runner without the file is given nothing', () => {
  const { lines, log } = testWorld()
  declareSubjects({}, [IMAGE], log)
  expect(lines).toEqual([])
})
