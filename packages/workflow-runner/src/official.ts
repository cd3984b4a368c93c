import { registerHooks } from 'node:module'

// The two packages import their JSON schemas without an import attribute, which Node refuses.
registerHooks({
  load: (url, context, next) =>
    next(
      url,
      isSchema(url)
        ? { ...context, importAttributes: { ...context.importAttributes, type: 'json' } }
        : context,
    ),
})

function isSchema(url: string): boolean {
  return url.includes('/@actions/') && url.endsWith('.json')
}

/** GitHub's own parser of workflow files (`@actions/workflow-parser`). */
export const workflowParser = await import('@actions/workflow-parser')

/** GitHub's own expression language (`@actions/expressions`). */
export const expressions = await import('@actions/expressions')

/** The pieces of it that read an action.yml by the runner's own schema; its `parseAction` is stricter than the runner. */
export const actionParser = {
  ...(await import('@actions/workflow-parser/actions/action-schema')),
  ...(await import('@actions/workflow-parser/templates/template-context')),
  ...(await import('@actions/workflow-parser/templates/template-reader')),
  ...(await import('@actions/workflow-parser/workflows/yaml-object-reader')),
}
