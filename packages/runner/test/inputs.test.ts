import { describe, expect, test } from '@jest/globals'
import { Failure } from '@mlops-actions/diagnostics'
import {
  boolean,
  common,
  defineInputs,
  duration,
  headers,
  integer,
  keyValues,
  lines,
  list,
  oneOf,
  parsed,
  secret,
  size,
  text,
} from '../src/index.ts'

const schema = defineInputs(
  {
    'storage-uri': text({ required: true }),
    gate: text({ default: '' }),
    mode: oneOf('bump', 'rollback')({ default: 'bump' }),
    push: boolean({ default: 'true' }),
    jobs: integer({ min: 1, max: 64 })({ default: '16' }),
    'part-size': size(),
    targets: list(),
    'build-args': lines(),
    labels: keyValues(),
    token: secret(),
    'extra-headers': headers(),
    settle: duration({ default: '10s' }),
    'ca-cert': common.caCert(),
    digest: parsed('digest', (value) => value.replace('sha256:', ''))(),
  },
  (inputs, problem) => {
    if (inputs.mode === 'rollback' && inputs.digest === undefined)
      problem('digest', 'is needed for mode: rollback')
  },
  { load: 'here it is `mode`' },
)

function read(given: Record<string, string>, handedOn: readonly string[] = []) {
  const masked: string[] = []
  const inputs = schema.read(
    (name) => given[name] ?? '',
    (value) => masked.push(value),
    handedOn,
  )
  return { inputs, masked }
}

function problemsOf(given: Record<string, string>, handedOn: readonly string[] = []): string[] {
  try {
    read(given, handedOn)
  } catch (error) {
    if (error instanceof Failure) return error.details.seen.split('\n')
    throw error
  }
  throw new Error('nothing was wrong')
}

describe('inputs', () => {
  test('are one frozen, typed value with the defaults', () => {
    const { inputs } = read({ 'storage-uri': 's3://ml/x/' })
    expect(inputs).toMatchObject({
      storageUri: 's3://ml/x/',
      gate: '',
      mode: 'bump',
      push: true,
      jobs: 16,
      settle: 10_000,
      targets: [],
      buildArgs: [],
    })
    expect(inputs.partSize).toBeUndefined()
    expect(inputs.labels.size).toBe(0)
    expect(Object.isFrozen(inputs)).toBe(true)
  })

  test('that arrive empty have their default, as an unset variable of a workflow does', () => {
    expect(read({ 'storage-uri': 'x', push: '', jobs: ' \n' }).inputs).toMatchObject({ push: true, jobs: 16 })
  })

  test('lose ASCII white space around them, and nothing else', () => {
    expect(read({ 'storage-uri': ' \t\u00a0main\u00a0\n' }).inputs.storageUri).toBe('\u00a0main\u00a0')
  })

  test('that are wrong are all reported, each with what it got and wants', () => {
    expect(
      problemsOf({ mode: 'Bump', push: 'yes', jobs: '0', 'part-size': '5', settle: '10', labels: 'x' }),
    ).toEqual([
      'storage-uri: is required: want a string',
      'mode: got "Bump"; want one of bump, rollback',
      'push: got "yes"; want true or false',
      'jobs: got "0"; want an integer from 1 to 64',
      'part-size: got "5"; want a size such as 8MiB, 1.5GB or 512B',
      'labels: got "x"; want lines of key=value',
      'settle: got "10"; want a duration such as 90s, 10m or 1h30m',
    ])
  })

  test.each([
    ['ECR repository', 'an ECR repository'],
    ['image reference', 'an image reference'],
    ['URL', 'a URL'],
    ['name', 'a name'],
  ])('of type %s that are missing are asked for as %s', (type, asked) => {
    const alone = defineInputs({ it: parsed(type, (value) => value)({ required: true }) })
    expect(() =>
      alone.read(
        () => '',
        () => {},
      ),
    ).toThrow(`it: is required: want ${asked}`)
  })

  test.each([
    ['PART_SIZE', 'part_size: is no input of this action; did you mean `part-size`?'],
    ['GATES', 'gates: is no input of this action; did you mean `gate`?'],
    ['LOAD', 'load: is no input of this action: here it is `mode`'],
    [
      'QUX::ERROR::X\u202e',
      'qux::error::x: is no input of this action; take it out of the `with:` of this step, or INPUT_QUX::ERROR::X out of `env:`',
    ],
  ])('that are not declared are refused, as the runner hands them on: %j', (name, sentence) => {
    expect(problemsOf({ 'storage-uri': 'x' }, ['STORAGE-URI', name])).toEqual([sentence])
  })

  test('that are not declared are told beside those that are wrong', () => {
    expect(problemsOf({ push: 'yes' }, ['PUSH', 'STORAGE_URL'])).toEqual([
      'storage_url: is no input of this action; did you mean `storage-uri`?',
      'storage-uri: is required: want a string',
      'push: got "yes"; want true or false',
    ])
  })

  test('are declared with blanks in their names as well, for which the runner puts underscores', () => {
    const spaced = defineInputs({ 'two words': text() })
    const raw = (name: string) => (name === 'two words' ? 'x' : '')
    expect(spaced.read(raw, () => {}, ['TWO_WORDS'])).toEqual({ 'two words': 'x' })
  })

  test('are held against each other once each alone is right', () => {
    expect(problemsOf({ 'storage-uri': 'x', mode: 'rollback' })).toEqual([
      'digest: is needed for mode: rollback',
    ])
  })

  test('that are secret are masked before anything is read, and never shown', () => {
    const masked: string[] = []
    const given: Record<string, string> = {
      token: 'ghp_1234567890',
      'extra-headers': 'CF-Access-Client-Secret: abcdef123456\nbad header',
      push: 'no',
    }
    expect(() => schema.read((name) => given[name] ?? '', (value) => masked.push(value))).toThrow(expect.not.stringContaining('abcdef123456')) // biome-ignore format: one line
    expect(masked).toContain('ghp_1234567890')
    expect(masked).toContain('abcdef123456')
  })
})
