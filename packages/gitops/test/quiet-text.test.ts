import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { formatBumpMessage } from '../src/decide/bump-message.ts'
import { planChangeSet } from '../src/decide/change-set.ts'
import { quietJson, quietText } from '../src/trailers/quiet-text.ts'
import { FILE, request, service } from './fixture.ts'
import { createLine } from './line.ts'

/** What GitHub acts on, by its documentation. */
const ACTING =
  /#\d|(?<![\w.+-])@\w|\bGH-\d|(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s|\[(?:skip ci|ci skip|no ci|skip actions|actions skip)\]/i
const texts = [
  'Fixes #12',
  'closes: acme/gitops#3',
  'Resolved GH-12',
  'fix https://github.com/acme/gitops/issues/1',
  'for @ann and @acme/platform',
  'docs [skip ci]',
  '[CI Skip] wip',
  'a\fixes\nfixed\nb [no ci]',
]

describe('text of others in a commit message', () => {
  test.each(texts)('has nothing that GitHub acts on, and reads the same: %j', (text) => {
    expect(text).toMatch(ACTING)
    expect(quietText(text)).not.toMatch(ACTING)
    expect(quietText(text).replaceAll('\u200b', '')).toBe(text)
    expect(quietJson(JSON.stringify(text))).not.toMatch(ACTING)
    expect(JSON.parse(quietJson(JSON.stringify(text)))).toBe(text)
  })

  test('that is an address or a digest stays byte for byte', () => {
    const text = 'Ann <ann@example.com> registry.example/churn@sha256:00'
    expect(quietText(text)).toBe(text)
  })

  test('is the same JSON, whatever it is', () => {
    const word = fc.constantFrom(
      ...texts,
      'fix',
      'closed',
      ' ',
      ':',
      '\\',
      '\n',
      '\f',
      '\b',
      '[',
      '"',
      '\u0001',
      '\ud83d',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string())), (words) => {
        const text = words.join('')
        expect(JSON.parse(quietJson(JSON.stringify(text)))).toBe(text)
      }),
    )
  })

  test('is quiet as the value of an annotation too', () => {
    const { order } = request('registry.example/churn:v2')
    const value = 'Fixes #12 for @ann [skip ci]'
    const wanted = { set: 'annotation', key: 'a', value, file: FILE, target: {} } as const
    const { values } = planChangeSet(createLine({ [FILE]: service('churn') }).state(), [wanted])
    const message = formatBumpMessage(order, values)
    expect(message).toContain('Mlops-Value: ')
    expect(message).not.toMatch(/fixes\s|#12|\s"?@ann|\[skip ci\]/i)
  })
})
