import { describe, expect, test } from '@jest/globals'
import { planEdits } from '../src/index.ts'
import { edit, setImage, setStorageUri } from './edit.ts'

const POLICY = { policy: 'flux-system:churn' }
const mark = (part = ''): string => `# {"$imagepolicy": "flux-system:churn${part}"}`
const DIGEST = `sha256:${'b'.repeat(64)}`
const CHART = `{{- if .Values.enabled }}
containers:
{{- range .Values.servers }}
  - image: r.example/other:v1 # {"$imagepolicy": "flux-system:other"}
  - image: r.example/churn:v1   ${mark()} kept
    args: [ {{ .args }} ]
{{- end }}
{{- end }}
`

describe('a marked line of a file that is no YAML', () => {
  test('gets the image, and no other line does', () => {
    const edited = edit(CHART, [setImage('r.example/churn:v2', POLICY)])
    expect(edited).toBe(CHART.replace('churn:v1', 'churn:v2'))
    expect(edit(edited, [setImage('r.example/churn:v2', POLICY)])).toBe(edited)
  })

  test('is changed beside one of another policy', () => {
    const changes = [
      setImage('r.example/churn:v2', POLICY),
      setImage('r.example/other:v22', { policy: 'flux-system:other' }),
    ]
    expect(edit(CHART, changes)).toBe(CHART.replace('churn:v1', 'churn:v2').replace('other:v1', 'other:v22'))
  })

  const lines: [what: string, before: string, after: string][] = [
    ['with double quotes', `image: "r/churn:v1" ${mark()}`, `image: "r/churn:v2" ${mark()}`],
    ['with single quotes', `  image: 'r/churn:v1'\t${mark()}`, `  image: 'r/churn:v2'\t${mark()}`],
    ['on Windows', `a: 1\r\nimage: r/churn:v1 ${mark()}\r\n`, `a: 1\r\nimage: r/churn:v2 ${mark()}\r\n`],
    ['that is a list item', `- r/churn:v1 ${mark()}`, `- r/churn:v2 ${mark()}`],
    [
      'in parts',
      `repository: r/old ${mark(':name')}\nx: {{ }}\ntag: v1 ${mark(':tag')}\n`,
      `repository: r/churn ${mark(':name')}\nx: {{ }}\ntag: v2 ${mark(':tag')}\n`,
    ],
  ]
  test.each(lines)('%s keeps its form', (_what, before, after) => {
    expect(edit(before, [setImage('r/churn:v2', POLICY)])).toBe(after)
  })

  test('with a tag that reads as a number is put in quotes', () => {
    const text = (tag: string): string => `name: r/churn ${mark(':name')}\ntag: ${tag} ${mark(':tag')}\n`
    expect(edit(text('v1'), [setImage('r/churn:1234567', POLICY)])).toBe(text('"1234567"'))
  })

  test('with a digest of its own gets the digest', () => {
    const text = (tag: string, digest: string): string =>
      `name: r/churn ${mark(':name')}\ntag: ${tag} ${mark(':tag')}\ndigest: ${digest} ${mark(':digest')}\n`
    const parts = { name: 'r/churn', tag: 'v2', digest: DIGEST }
    const change = { set: 'image', value: `r/churn:v2@${DIGEST}`, parts, target: POLICY } as const
    expect(edit(text('v1', 'sha256:1'), [change])).toBe(text('v2', DIGEST))
  })

  test('takes a storage URI where it is marked as a whole', () => {
    const text = (uri: string): string => `{{ x }}\nuri: ${uri} ${mark()}\n`
    expect(edit(text('s3://a/1/'), [setStorageUri('s3://a/2/', POLICY)])).toBe(text('s3://a/2/'))
  })

  test('is planned with its line and what stands there', () => {
    const [value] = planEdits({ path: 'f.yaml', text: CHART }, [
      setImage('r.example/churn:v2', POLICY),
    ]).values
    expect(value).toMatchObject({
      line: 5,
      before: 'r.example/churn:v1',
      after: 'r.example/churn:v2',
      target: 'Marker flux-system:churn',
      isChanged: true,
    })
  })

  const refused: [what: string, text: string, image: string, code: string, seen: string][] = [
    ['no line has the mark', 'image: a:1\n', 'a:2', 'MANIFEST_TARGET_NOT_FOUND', 'flux-system:churn'],
    [
      'two lines have it',
      `- a:1 ${mark()}\n- b:1 ${mark()}\n`,
      'a:2',
      'MANIFEST_TARGET_AMBIGUOUS',
      'f.yaml:1, f.yaml:2',
    ],
    ['it marks no value', `image: ${mark()}\n`, 'a:2', 'MANIFEST_TARGET_NOT_FOUND', 'flux-system:churn'],
    [
      'the value is made by a template',
      `image: "{{ .x }}" ${mark()}\n`,
      'a:2',
      'MANIFEST_IS_TEMPLATE',
      'f.yaml:1',
    ],
    [
      'no line takes the digest',
      `tag: v1 ${mark(':tag')}\n`,
      `a:2@${DIGEST}`,
      'MANIFEST_IMAGE_PARTS',
      'digest',
    ],
    [
      'only a tag is marked: of which repository it is, nobody can tell',
      `tag: v1 ${mark(':tag')}\n`,
      'a:2',
      'MANIFEST_IMAGE_PARTS',
      '"a:2" has a name, for which no line is marked',
    ],
    [
      'the image has no tag',
      `tag: v1 ${mark(':tag')}\ndigest: x ${mark(':digest')}\nname: a ${mark(':name')}\n`,
      `a@${DIGEST}`,
      'MANIFEST_IMAGE_PARTS',
      'f.yaml:1',
    ],
  ]
  test.each(refused)('is refused when %s', (_what, text, image, code, seen) => {
    expect(() => edit(text, [setImage(image, POLICY)], 'f.yaml')).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(seen) }),
    )
  })
})
