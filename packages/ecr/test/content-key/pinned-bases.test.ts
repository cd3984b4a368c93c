import { describe, expect, test } from '@jest/globals'
import { findBaseImages } from '../../src/content-key/base-images.ts'
import { pinBases } from '../../src/content-key/pinned-bases.ts'
import { Unkeyable } from '../../src/content-key/unkeyable.ts'

const DIGEST = `sha256:${'a'.repeat(64)}`

/** The contexts of a build whose images all have one digest. */
function contextsOf(text: string, given: Readonly<Record<string, string>> = {}, args = {}): object {
  const buildContexts = new Map(Object.entries(given))
  const buildArgs = new Map<string, string>(Object.entries(args))
  const named = findBaseImages(text, { buildArgs, buildContexts, platforms: [] })
  const values = [...buildContexts.values()].map((value) => value.replace('docker-image://', ''))
  const digests = new Map([...named.images, ...values].map((image) => [image, DIGEST]))
  return Object.fromEntries(pinBases(buildContexts, named, digests))
}

describe('a build stands on the images of its key', () => {
  const cases: [what: string, text: string, given: Record<string, string>, contexts: object][] = [
    ['by a tag', 'FROM python:3.12', {}, { 'python:3.12': `docker-image://python:3.12@${DIGEST}` }],
    ['without a tag', 'FROM python AS py', {}, { python: `docker-image://python@${DIGEST}` }],
    [
      'of another registry, named by an argument',
      'ARG V=1\nFROM r.example:5000/a/b:$V',
      {},
      { 'r.example:5000/a/b:1': `docker-image://r.example:5000/a/b:1@${DIGEST}` },
    ],
    [
      'that files are taken from',
      'FROM scratch\nCOPY --from=a:1 /x /\nRUN --mount=from=b:2 x',
      {},
      { 'a:1': `docker-image://a:1@${DIGEST}`, 'b:2': `docker-image://b:2@${DIGEST}` },
    ],
    ['which one has its digest already', `FROM a:1@${DIGEST}`, {}, {}],
    [
      'and on the image of a context',
      'FROM lib',
      { lib: 'docker-image://a:1', src: '/src', its: `docker-image://b@${DIGEST}` },
      { lib: `docker-image://a:1@${DIGEST}`, src: '/src', its: `docker-image://b@${DIGEST}` },
    ],
    [
      'and the image of a context stands for no stage of its name',
      'FROM scratch AS a\nCOPY --from=lib / /',
      { lib: 'docker-image://a' },
      { lib: `docker-image://a@${DIGEST}` },
    ],
  ]
  test.each(cases)('%s', (_, text, given, contexts) => expect(contextsOf(text, given)).toEqual(contexts))
})

const A_PINNED = { 'a:1': `docker-image://a:1@${DIGEST}` }

test.each([
  'docker/dockerfile',
  'docker/dockerfile:1',
  'docker/dockerfile:1.4',
  'docker/dockerfile:1.17.1-labs',
  `docker.io/docker/dockerfile:1@${DIGEST}`,
  'mirror.example/hub/docker/dockerfile:1.7-labs',
  'docker/dockerfile-upstream:master',
])('the frontend %s takes them', (frontend) => {
  expect(contextsOf(`# syntax=${frontend}\nFROM a:1`)).toEqual(A_PINNED)
})

describe('a build that would not stand on them has no key', () => {
  const refused: [what: string, text: string, args: Record<string, string>][] = [
    ['with an old frontend', '# syntax=docker/dockerfile:1.3\nFROM a:1', {}],
    ['with an older experiment', '# syntax=docker/dockerfile:experimental\nFROM a:1', {}],
    ['with a frontend of another kind', '# syntax=example/frontend:1\nFROM a:1', {}],
    ['with one that an argument names', 'FROM a:1', { BUILDKIT_SYNTAX: 'docker/dockerfile:1.2' }],
    ['where a stage has the name of its base', 'FROM golang AS golang\nRUN make', {}],
    ['whatever way that is written', 'FROM docker.io/library/golang:latest AS GoLang\nRUN make', {}],
    ['where a later stage has the name of a base', 'FROM b\nFROM a AS b\n', {}],
  ]
  test.each(refused)('%s', (_, text, args) => expect(() => contextsOf(text, {}, args)).toThrow(Unkeyable))

  test('and has one where nothing is to be pinned', () => {
    expect(contextsOf(`# syntax=example/frontend:1\nFROM a@${DIGEST} AS a`)).toEqual({})
  })
})
