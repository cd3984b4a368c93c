import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from '@mlops-actions/diagnostics'
import type { ActionInput, ActionManifest, CompositeManifest, JavaScriptManifest } from './action-manifest.ts'
import { actionParser, workflowParser } from './official.ts'
import { unsupported, unsupportedInSteps } from './refusals.ts'
import { type Json, type Mapping, mappingOf, optionalText, textOf } from './values.ts'
import { isYaml, parseYaml, toStepList } from './workflow-file.wire.ts'

/** Reads the action.yml of a directory. Throws `ACTION_NOT_FOUND` or `ACTION_INVALID`, or refuses docker and old Node by name. */
export function readActionManifest(directory: string, uses: string): ActionManifest {
  const file = ['action.yml', 'action.yaml'].map((name) => join(directory, name)).find(existsSync)
  if (file === undefined) throw notFound(directory, uses)
  const content = checkedContent(readFileSync(file, 'utf8'), uses)
  const runs = mappingOf(content['runs'])
  const common = { name: textOf(content['name']), directory, inputs: readInputs(content['inputs']) }
  return runs['using'] === 'composite'
    ? composite(common, runs, content['outputs'], uses)
    : javaScript(common, runs)
}

/** Files that were found right before: every step of every run reads its own again. */
const checked = new Map<string, Mapping>()

function checkedContent(text: string, uses: string): Mapping {
  const known = checked.get(text)
  if (known !== undefined) return known
  const content = isYaml(text) ? parseYaml(text) : {}
  const runs = mappingOf(content['runs'])
  const using = textOf(runs['using'])
  if (using !== '' && !SUPPORTED.has(using)) throw unsupported(uses, [`runs.using: ${using}`])
  refuseInvalid(uses, [...problemsIn(uses, text), ...missingIn(using, runs)])
  checked.set(text, content)
  return content
}

const SUPPORTED: ReadonlySet<string> = new Set(['composite', 'node24', 'node20'])

// The schema leaves these to the runner.
function missingIn(using: string, runs: Mapping): string[] {
  if (using === '')
    return ["Missing 'using' value. 'using' requires 'composite', 'docker', 'node20' or 'node24'."]
  return using !== 'composite' && textOf(runs['main']) === '' ? ["Missing 'main' value in runs"] : []
}

function refuseInvalid(uses: string, problems: readonly string[]): void {
  if (problems.length === 0) return
  throw new Failure({
    kind: 'config',
    code: 'ACTION_INVALID',
    what: 'The action.yml is not valid',
    on: uses,
    seen: problems.join('; '),
    next: 'Correct the file; GitHub would refuse it with the same words',
  })
}

function problemsIn(uses: string, text: string): string[] {
  const { getActionSchema, readTemplate, TemplateContext, TemplateValidationErrors, YamlObjectReader } =
    actionParser
  const trace = new workflowParser.NoOperationTraceWriter()
  const context = new TemplateContext(new TemplateValidationErrors(), getActionSchema(), trace)
  const fileId = context.getFileId(uses)
  const reader = new YamlObjectReader(fileId, text)
  if (reader.errors.length > 0) return reader.errors.map((error) => error.message)
  readTemplate(context, 'action-root', reader, fileId)
  return context.errors.getErrors().map((error) => error.message)
}

type Common = Pick<ActionManifest, 'name' | 'directory' | 'inputs'>

function javaScript(common: Common, runs: Mapping): JavaScriptManifest {
  const script = (name: string) => {
    const path = optionalText(runs[name])
    return path === undefined ? undefined : join(common.directory, path)
  }
  return {
    ...common,
    kind: 'javascript',
    main: join(common.directory, textOf(runs['main'])),
    pre: script('pre'),
    preIf: optionalText(runs['pre-if']) ?? 'always()',
    post: script('post'),
    postIf: optionalText(runs['post-if']) ?? 'always()',
  }
}

function composite(
  common: Common,
  runs: Mapping,
  outputs: Json | undefined,
  uses: string,
): CompositeManifest {
  const refused = unsupportedInSteps('runs', runs['steps'])
  if (refused.length > 0) throw unsupported(uses, refused)
  const values = Object.entries(mappingOf(outputs)).map(
    ([name, output]) => [name, mappingOf(output)['value'] ?? ''] as const,
  )
  return {
    ...common,
    kind: 'composite',
    steps: toStepList(runs['steps']),
    outputs: Object.fromEntries(values),
  }
}

function readInputs(inputs: Json | undefined): ActionInput[] {
  return Object.entries(mappingOf(inputs)).map(([name, definition]) => {
    const { default: value, deprecationMessage } = mappingOf(definition)
    return { name, default: textOf(value), deprecated: optionalText(deprecationMessage) }
  })
}

function notFound(directory: string, uses: string): Failure {
  return new Failure({
    kind: 'not-found',
    code: 'ACTION_NOT_FOUND',
    what: "Can't find 'action.yml' or 'action.yaml'",
    on: uses,
    seen: `nothing under '${directory}'`,
    next: 'Check the path; an action of the workspace needs actions/checkout before it',
  })
}
