import { afterAll, describe, expect, test } from '@jest/globals'
import type { TokenRequest } from '../src/index.ts'
import { createFixture, job, step } from './fixture.ts'

const fixture = createFixture()
afterAll(fixture.remove)

const CALLED = '.github/workflows/called.yml'

describe('the token of a job', () => {
  const issuer = () => {
    const asked: TokenRequest[] = []
    const githubToken = (request: TokenRequest): string => {
      asked.push(request)
      return `ghs_${request.job}_${request.permissions['contents'] ?? 'none'}`
    }
    return { asked, githubToken }
  }

  test('is asked for with the permissions of that job, and is the same wherever the job reads it', async () => {
    const { asked, githubToken } = issuer()
    const show = `echo "\${{ github.token == secrets.GITHUB_TOKEN }} \${{ endsWith(github.token, 'a_write') }} \${{ endsWith(github.token, 'b_none') }}"`
    const result = await fixture.run(
      `
on: push
permissions: {}
jobs:
  a: { runs-on: x, permissions: { contents: write }, steps: [ { id: s, run: '${show.replaceAll("'", "''")}' } ] }
  b: { runs-on: x, steps: [ { id: s, run: '${show.replaceAll("'", "''")}' } ] }
`,
      { githubToken },
    )
    expect(step(result, 'a', 's').log.at(-1)).toBe('true true false')
    expect(step(result, 'b', 's').log.at(-1)).toBe('true false true')
    expect(asked.map(({ job, permissions }) => [job, permissions]).sort()).toEqual([
      ['a', { contents: 'write' }],
      ['b', {}],
    ])
  })

  test('is not there before a job runs: `with` of a call finds nothing, `secrets` of a call finds its own', async () => {
    const { githubToken } = issuer()
    const result = await fixture.run(
      `
on: push
permissions: { contents: read }
jobs:
  call:
    uses: ./${CALLED}
    with: { early: "[\${{ github.token }}]" }
    secrets: { token: "\${{ secrets.GITHUB_TOKEN }}" }
`,
      { githubToken },
      {
        [CALLED]: `
on: { workflow_call: { inputs: { early: { type: string } }, secrets: { token: { required: true } } } }
jobs:
  j:
    runs-on: x
    steps: [ { id: s, run: 'echo "\${{ inputs.early }} \${{ secrets.token == ''ghs_call_read'' }} \${{ github.token == ''ghs_call/j_read'' }}"' } ]
`,
      },
    )
    expect(job(result, 'call/j').conclusion).toBe('success')
    expect(step(result, 'call/j', 's').log.at(-1)).toBe('[] true true')
  })
})
