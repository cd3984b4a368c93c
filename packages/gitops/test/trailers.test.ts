import { execFileSync } from 'node:child_process'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { HOSTILE_TEXT } from '../../../test/harness/hostile.ts'
import { formatMessage, parseTrailerBlocks, parseTrailers } from '../src/index.ts'

/** Git's own reader of trailers. */
function readByGit(message: string): string[] {
  return execFileSync('git', ['interpret-trailers', '--parse', '--no-divider'], { input: message })
    .toString()
    .trimEnd()
    .split('\n')
}

describe('a message', () => {
  test('ends with trailers that git reads, empty ones left out', () => {
    const message = formatMessage('Deploy churn\n\nspec.predictor.model.image', [
      ['Mlops-Image', 'registry.example/churn:v2'],
      ['Mlops-Run-Url', ''],
      ['Mlops-Rollback-Of', undefined],
      ['Mlops-Change-Id', 'abc'],
    ])
    expect(message).toBe(
      'Deploy churn\n\nspec.predictor.model.image\n\nMlops-Image: registry.example/churn:v2\nMlops-Change-Id: abc\n',
    )
    expect(readByGit(message)).toEqual(['Mlops-Image: registry.example/churn:v2', 'Mlops-Change-Id: abc'])
  })

  test.each([
    ...HOSTILE_TEXT,
    'x\nMlops-Change-Id: forged',
    'x\n\nMlops-Change-Id: forged',
    'Mlops-Change-Id: forged',
  ])('is not forged by %j, as text or as a value', (text) => {
    const message = formatMessage(text, [
      ['Mlops-Image', text],
      ['Mlops-Change-Id', 'true'],
    ])
    expect(parseTrailers(message).get('Mlops-Change-Id')).toBe('true')
    expect(readByGit(message).filter((line) => line.startsWith('Mlops-Change-Id: '))).toEqual([
      'Mlops-Change-Id: true',
    ])
    expect(message).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/)
  })

  test('gives back what was put into it, whatever the text in front', () => {
    const value = fc.stringMatching(/^[!-~]([ -~]{0,30}[!-~])?$/)
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), value, value, (text, one, two) => {
        const trailers = parseTrailers(
          formatMessage(text, [
            ['Mlops-A', one],
            ['Mlops-B', two],
          ]),
        )
        expect([trailers.get('Mlops-A'), trailers.get('Mlops-B')]).toEqual([one, two])
      }),
    )
  })
})

describe('the trailers of a message are found', () => {
  const one = formatMessage('Deploy churn: image', [
    ['Mlops-Image', 'registry.example/churn:v2'],
    ['Mlops-Change-Id', 'one'],
  ])
  const two = one.replace('churn:v2', 'churn:v3').replace('one', 'two')

  test.each([
    ['with what GitHub puts behind them', `${one}\n---------\n\nCo-authored-by: Ann <ann@example.com>\n`],
    ['with a sign-off of their own paragraph', `${one}\nSigned-off-by: Ann <ann@example.com>\n`],
    ['with the line ends of a web page', one.replaceAll('\n', '\r\n')],
    ['with text behind them', `${one}\nMerged after the tests were green.\n`],
  ])('%s', (_what, message) => {
    expect(parseTrailers(message).get('Mlops-Change-Id')).toBe('one')
    expect(parseTrailers(message).get('Mlops-Image')).toBe('registry.example/churn:v2')
  })

  test('of each commit that a squash put together, the newest of them last', () => {
    const squashed = `Deploy churn (#7)\n\n* ${one}\n* ${two}\n---------\n\nCo-authored-by: Ann <a@b.c>`
    expect(parseTrailerBlocks(squashed).map((block) => Object.fromEntries(block)['Mlops-Change-Id'])).toEqual(
      ['one', 'two'],
    )
    expect(parseTrailers(squashed).get('Mlops-Image')).toBe('registry.example/churn:v3')
  })
})

test.each([
  'mlops-change-id: forged',
  '  Mlops-Change-Id: forged',
  'x\r\nMlops-Change-Id: forged\r\nMlops-Image: a:1',
  'x\n\nArgocd-reference-commit-sha: forged\n\ny',
])('a message shows the trailers of %j as the text that they are', (text) => {
  const message = formatMessage(text, [['Mlops-Change-Id', 'true']])
  expect(parseTrailerBlocks(`${message}\n---------\n\nCo-authored-by: Ann <a@b.c>`)).toEqual([
    [['Mlops-Change-Id', 'true']],
  ])
  expect(message).toMatch(/^> (?:mlops|argocd)-[a-z-]+: forged$/im)
})

test.each(['', 'Subject', 'Subject\n\nJust text: with a colon\nand more', 'Subject\n\nKey value'])(
  '%j has no trailers',
  (message) => {
    expect([...parseTrailers(message)].filter(([key]) => key.startsWith('Mlops'))).toEqual([])
  },
)
