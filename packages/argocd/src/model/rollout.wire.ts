import {
  array,
  boolean,
  type Check,
  number,
  optional,
  record,
  string,
  unknownValue,
  withDefault,
} from '@mlops-actions/http'

const isWeight = record({ weight: withDefault(number, 0) })

const isRollout = record({
  metadata: record({ name: string }),
  spec: record({
    paused: withDefault(boolean, false),
    strategy: withDefault(
      record({
        canary: optional(record({ steps: withDefault(array(record({ setWeight: optional(number) })), []) })),
        blueGreen: optional(unknownValue),
      }),
      {},
    ),
  }),
  status: withDefault(
    record({
      phase: optional(string),
      currentStepIndex: optional(number),
      pauseConditions: withDefault(array(record({ reason: withDefault(string, '') })), []),
      canary: optional(record({ weights: optional(record({ canary: optional(isWeight) })) })),
    }),
    { pauseConditions: [] },
  ),
})

/** argoproj.io/v1alpha1 Rollout (argo-rollouts pkg/apis/rollouts/v1alpha1 types.go), as far as its pause tells. */
export type Rollout = typeof isRollout extends Check<infer T> ? T : never

export const ROLLOUTS = { kind: 'Rollout', group: 'argoproj.io', check: isRollout } as const
