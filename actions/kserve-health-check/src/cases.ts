import { readFile } from 'node:fs/promises'
import { isAbsolute, relative, resolve } from 'node:path'
import { Failure, type JsonValue, messageOf } from '@mlops-actions/diagnostics'
import {
  type InferenceCase,
  type Protocol,
  parseJson,
  problemOfRequest,
  readCase,
} from '@mlops-actions/kserve'

/**
 * The request of the smoke test and of the probes, with the answer that is expected. Each input is JSON, or the path of
 * a JSON file in the checkout.
 * @throws Failure `config` that quotes nothing of the content
 */
export async function readInferenceCase(
  inputs: {
    readonly protocol: Protocol
    readonly request: string | undefined
    readonly expectedResponse: string | undefined
    /** Otherwise any answer of the protocol will do, also for a golden file that holds one. */
    readonly checkAnswers: boolean
  },
  workspace: string,
): Promise<InferenceCase | undefined> {
  if (inputs.request === undefined) return undefined
  const request = await readJson('request', inputs.request, workspace)
  const expected =
    inputs.expectedResponse === undefined
      ? undefined
      : await readJson('expected-response', inputs.expectedResponse, workspace)
  const problem = problemOfRequest(inputs.protocol, request)
  if (problem !== undefined) throw refuse('request', problem)
  const golden = readCase(inputs.protocol, request, undefined)
  return {
    request: golden.request,
    expected: inputs.checkAnswers ? (expected ?? golden.expected) : undefined,
  }
}

async function readJson(input: string, given: string, workspace: string): Promise<JsonValue> {
  const isText = /^\s*[[{]/.test(given)
  const text = isText ? given : await readInside(input, given, workspace)
  const value = parseJson(text)
  if (value === undefined) throw refuse(input, isText ? 'it is not JSON' : `${given} does not hold JSON`)
  return value
}

async function readInside(input: string, path: string, workspace: string): Promise<string> {
  const file = resolve(workspace, path)
  const inside = relative(workspace, file)
  if (inside.startsWith('..') || isAbsolute(inside)) throw refuse(input, `${path} is outside of the checkout`)
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw refuse(input, messageOf(cause))
  }
}

function refuse(input: string, seen: string): Failure {
  return new Failure({
    kind: 'config',
    code: 'REQUEST_FILE',
    what: 'Cannot use the inference request',
    on: `the input \`${input}\``,
    seen,
    next: 'Give JSON, or the path of a JSON file relative to the checkout, such as tests/golden.json',
  })
}
