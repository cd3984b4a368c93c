import { describe, expect, test } from '@jest/globals'
import { parseCommand, parseCommandV1, parseCommandV2 } from '../src/index.ts'

describe('the parser of workflow commands', () => {
  test.each([
    ['::error::boom', 'error', {}, 'boom'],
    ['::ERROR::boom', 'ERROR', {}, 'boom'],
    ['  \t::warning file=a.py,line=3::careful', 'warning', { file: 'a.py', line: '3' }, 'careful'],
    ['\u0085\u00a0\u2028::notice::n', 'notice', {}, 'n'],
    ['::set-output name=x::a%0Ab%25', 'set-output', { name: 'x' }, 'a\nb%'],
    ['::error title=a%3Ab%2Cc::d', 'error', { title: 'a:b,c' }, 'd'],
    ['::error  file=a , line=::x', 'error', { file: 'a ' }, 'x'],
    ['::debug::a::b', 'debug', {}, 'a::b'],
    ['text ##[set-output name=x;]y', 'set-output', { name: 'x' }, 'y'],
    ['##[add-mask]a%5Db', 'add-mask', {}, 'a]b'],
    ['x ##[set-env name=A;other=b=c]v', 'set-env', { name: 'A', other: 'b=c' }, 'v'],
    ['::endgroup::', 'endgroup', {}, ''],
    ['::error:\u200b:x', 'error', {}, ':x'],
  ])('takes %j as a command', (line, name, properties, data) => {
    expect(parseCommand(line)).toEqual({ name, properties, data })
  })

  test.each([
    'error::boom',
    'text ::error::boom',
    '::unknown::x',
    '::error:x',
    ':\u200b:error::x',
    '\u200b::error::x',
    '#\u200b#[error]x',
    '\ufeff::error::x',
    '##[error',
    '##[nothing]x',
    '::internal-set-repo-path repoFullName=a::b',
    '',
  ])('takes %j as text', (line) => {
    expect(parseCommand(line)).toBeUndefined()
  })

  test('knows a stop token only while it is registered', () => {
    expect(parseCommand('::tok3n::')).toBeUndefined()
    expect(parseCommand('::TOK3N::', ['tok3n'])).toEqual({ name: 'TOK3N', properties: {}, data: '' })
  })

  test('keeps the two forms apart', () => {
    expect(parseCommandV1('::error::x')).toBeUndefined()
    expect(parseCommandV2('##[error]x')).toBeUndefined()
  })
})
