import type { TrackedObject } from '../objects/object.ts'
import type { Problem } from '../objects/problem.ts'
import type { RemoteState } from '../store/look.ts'

/**
 * What a push would do with one object.
 * - `skip`: the remote has it
 * - `upload`: the remote lacks it
 * - `repair`: the remote promised it (a `.dir` object names it, or its key holds other bytes) and does not have it
 */
export type Step = 'skip' | 'upload' | 'repair'

export interface PushPlan {
  readonly steps: ReadonlyMap<string, Step>
  readonly objects: ReadonlyMap<string, TrackedObject>
  readonly problems: readonly Problem[]
  /** Ids of the objects that nobody has hashed yet: they are hashed while they are sent, before anything becomes visible. */
  readonly whileSending?: ReadonlySet<string>
  /** Ids of the objects that the remote has in an archive, where that was asked: nobody can read them now. */
  readonly archived?: ReadonlySet<string>
}

export interface RepairOption {
  /** Whether what the remote promised and does not have may be sent again; otherwise it is a problem. */
  readonly repair?: boolean
}

/**
 * Pure: what is to be sent, and what can be sent by nobody. A `.dir` object in the remote proves nothing about its
 * members, so each of them is looked at (treeverse/dvc issues 11011, 10977, 7268).
 */
export function planPush(
  objects: ReadonlyMap<string, TrackedObject>,
  states: ReadonlyMap<string, RemoteState>,
  problems: readonly Problem[] = [],
  { repair = false }: RepairOption = {},
): PushPlan {
  const promised = new Set<string>()
  for (const object of objects.values()) {
    if (stateOf(states, object) !== 'absent') for (const member of object.members) promised.add(member)
  }
  const steps = new Map<string, Step>()
  const found: Problem[] = [...problems]
  for (const object of objects.values()) {
    const state = stateOf(states, object)
    if (state === 'proven' || state === 'present') {
      steps.set(object.id, 'skip')
    } else if (object.place === undefined && object.bytes === undefined) {
      const problem = lost(object, state)
      if (!problems.some(({ kind, path }) => kind === 'stale' && covers(path, object.path)))
        found.push(problem)
    } else {
      const isBroken = state === 'wrong' || promised.has(object.id)
      steps.set(object.id, isBroken ? 'repair' : 'upload')
      if (isBroken && !repair) found.push(broken(object, state))
    }
  }
  return { steps, objects, problems: found }
}

/** Objects of a plan that are to be sent. */
export function toSend({ steps, objects }: PushPlan): readonly TrackedObject[] {
  return [...objects.values()].filter(({ id }) => steps.get(id) === 'upload' || steps.get(id) === 'repair')
}

function stateOf(states: ReadonlyMap<string, RemoteState>, { id }: TrackedObject): RemoteState {
  return states.get(id) ?? 'absent'
}

/** An output whose workspace differs already is a problem of its own; its old objects would only repeat it. */
function covers(output: string, path: string): boolean {
  return path === output || path.startsWith(`${output}/`)
}

function broken({ path, source, oid }: TrackedObject, state: RemoteState): Problem {
  const seen =
    state === 'wrong'
      ? 'the remote holds other bytes under its name'
      : 'a list of files in the remote names it, and the remote does not have it'
  return { kind: 'broken', path, source, oid, seen }
}

function lost({ path, source, oid }: TrackedObject, state: RemoteState): Problem {
  return state === 'wrong'
    ? {
        kind: 'corrupt',
        path,
        source,
        oid,
        seen: 'the remote holds other bytes under its name, and nothing here can replace them',
      }
    : {
        kind: 'missing',
        path,
        source,
        oid,
        seen: 'it is not in the workspace, not in the cache and not in the remote',
      }
}
