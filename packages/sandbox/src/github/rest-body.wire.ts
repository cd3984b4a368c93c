import type { SandboxRequest } from '../server.ts'

export interface TreeBody {
  readonly base_tree?: string
  readonly tree: readonly { readonly path: string; readonly mode: string; readonly sha: string }[]
}

export interface CommitBody {
  readonly message: string
  readonly tree: string
  readonly parents?: readonly string[]
}

/** A body that GitHub's description of the operation has been compared with before: see openapi.ts. */
export function readBody<T>({ body }: SandboxRequest): T {
  return JSON.parse(body.toString()) as T
}
