import { describe, expect, test } from '@jest/globals'
import { findBaseImages } from '../../src/content-key/base-images.ts'
import { Unkeyable } from '../../src/content-key/unkeyable.ts'

const NONE = new Map<string, string>()

function basesOf(
  text: string,
  {
    args = {},
    contexts = {},
    platforms = [],
  }: { args?: Record<string, string>; contexts?: Record<string, string>; platforms?: string[] } = {},
): readonly string[] {
  const [buildArgs, buildContexts] = [new Map(Object.entries(args)), new Map(Object.entries(contexts))]
  const { frontend, images } = findBaseImages(text, { buildArgs, buildContexts, platforms })
  return [...(frontend === undefined ? [] : [frontend]), ...images]
}

describe('the images that a Dockerfile stands on', () => {
  const cases: [what: string, text: string, images: string[]][] = [
    ['FROM, whatever its case', 'from python:3.12\nRUN x', ['python:3.12']],
    ['stages are none, in any case', 'FROM a AS Build\nFROM build\nCOPY --from=BUILD /x /\n', ['a']],
    ['scratch is none', 'FROM scratch\n', []],
    ['a stage that comes later is an image', 'FROM b\nFROM a AS b\n', ['b', 'a']],
    ['numbers are stages', 'FROM a\nFROM b\nCOPY --from=0 /x /\n', ['a', 'b']],
    ['COPY --from', 'FROM a\nCOPY --link --chown=1:1 --from=ghcr.io/b/c:1 /x /\n', ['a', 'ghcr.io/b/c:1']],
    [
      'RUN --mount',
      'FROM a\nRUN --mount=type=bind,from=b,target=/b --mount=type=cache,target=/c x',
      ['a', 'b'],
    ],
    ['what stands behind a RUN is no flag', 'FROM a\nRUN x --mount=from=b\n', ['a']],
    ['ONBUILD', 'FROM a\nONBUILD COPY --from=b /x /\n', ['a', 'b']],
    ['a platform is no part', 'FROM --platform=$BUILDPLATFORM a AS x\n', ['a']],
    ['the frontend', '# syntax=docker/dockerfile:1\nFROM a\n', ['docker/dockerfile:1', 'a']],
    ['a directive behind a comment is a comment', '# x\n# syntax=b\nFROM a\n', ['a']],
    ['defaults', 'ARG V=3.12\nARG F=slim\nFROM python:$V-${F}\n', ['python:3.12-slim']],
    ['a default by another', 'ARG V=3\nARG T=py${V}\nFROM a:$T\n', ['a:py3']],
    ['quotes', 'ARG V="3.12"\nFROM "python:${V}"\n', ['python:3.12']],
    ['alternatives', 'ARG A=\nFROM ${A:-x}${A-y}${A:+z}\n', ['x']],
    ['an ARG of a stage is none of FROM', 'ARG V=1\nFROM a\nARG V=2\nFROM b:$V\n', ['a', 'b:1']],
    ['continued lines, comments inside', 'FROM \\\n# no\n\n  a \\\n  AS x\nFROM x\n', ['a']],
    ['another escape', '# escape=`\nFROM a\nRUN x `\n  FROM y\n', ['a']],
    ['a continued RUN', 'FROM a\nRUN x && \\\n  FROM b\n', ['a']],
    [
      'here-documents',
      "FROM a\nRUN <<EOF\nFROM b\nEOF\nCOPY <<-'X' <<Y /\n\tFROM c\n\tX\nFROM d\nY\nFROM e\n",
      ['a', 'e'],
    ],
    ['Windows line ends', 'FROM a\r\nFROM b\r\n', ['a', 'b']],
    ['a byte order mark', '\ufeffFROM a\n', ['a']],
    ['ADD of files, to where a variable says', 'FROM a\nADD --chown=1 x.tar y /$APP\n', ['a']],
    ['ADD of files with @ in their names', 'FROM a\nADD icon@2x.png a@b/c:d @me:x /\n', ['a']],
    ['ADD of a URL with a checksum', 'FROM a\nADD --checksum=sha256:1 https://x.example/y /\n', ['a']],
  ]
  test.each(cases)('%s', (_, text, images) => expect(basesOf(text)).toEqual(images))

  test('build arguments win over defaults, and only where they are declared', () => {
    expect(basesOf('ARG V=1\nFROM a:$V\nFROM b:${W:-2}\n', { args: { V: '9', W: '8' } })).toEqual([
      'a:9',
      'b:2',
    ])
    expect(basesOf('# syntax=x\nFROM a', { args: { BUILDKIT_SYNTAX: 'y' } })).toEqual(['y', 'a'])
  })

  test('another context takes the place of an image of its name, however it is written', () => {
    const contexts = { 'docker.io/library/a:latest': 'a', b: 'b' }
    expect(basesOf('FROM a\nCOPY --from=b / /\nFROM c\n', { contexts })).toEqual(['c'])
  })

  test('what hangs on the platform is named for each', () => {
    const text = 'FROM a AS base-amd64\nFROM b AS base-arm64\nFROM base-${TARGETARCH}\nFROM c:$TARGETARCH\n'
    expect(basesOf(text, { platforms: ['linux/amd64', 'linux/arm64'] })).toEqual([
      'a',
      'b',
      'c:amd64',
      'c:arm64',
    ])
  })

  const refused: [what: string, text: string][] = [
    ['a base by the platform of an unknown builder', 'FROM a:$TARGETARCH'],
    ['an argument by it', 'ARG A=$TARGETARCH\nFROM a$A'],
    ['the machine of the builder', 'FROM a:${BUILDARCH}'],
    ['ADD of what a variable says', 'FROM a\nADD $SOURCE /'],
    ['an empty base', 'ARG B\nFROM $B'],
    ['an argument that is not declared', 'FROM $B'],
    ['a form of a variable that is not read', 'ARG A=x\nFROM ${A#x}'],
    ['a variable in COPY --from', 'FROM a\nCOPY --from=$B / /'],
    ['a here-document without end', 'FROM a\nRUN <<EOF\nFROM b\n'],
    ['ADD of a URL', 'FROM a\nADD https://x.example/y /'],
    ['ADD of a repository', 'FROM a\nADD git@github.com:x/y.git /'],
    ['ADD of a repository of another host', 'FROM a\nADD deploy_1@git.example.com:x/y.git#main /'],
    ['ADD of a repository by ssh in JSON', 'FROM a\nADD ["x.y", "me@git-1:x/y", "/"]'],
    ['ADD of a URL in JSON', 'FROM a\nADD ["https://x.example/y", "/"]'],
    ['a frontend in JSON', '{"syntax": "x"}\nFROM a'],
    ['another language', '// syntax=x\nFROM a'],
    ['FROM with too many words', 'FROM a b'],
  ]
  test.each(refused)('cannot be told with %s', (_, text) => expect(() => basesOf(text)).toThrow(Unkeyable))

  test('are none of a text that never says FROM', () => {
    expect(findBaseImages('', { buildArgs: NONE, buildContexts: NONE, platforms: [] }).images).toEqual([])
  })
})
