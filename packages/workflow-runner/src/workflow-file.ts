import type { Json, Mapping } from './values.ts'

export interface RunDefaults {
  readonly shell?: string | undefined
  readonly workingDirectory?: string | undefined
}

/** A workflow file as written; every string may still hold `${{ }}`. */
export interface WorkflowFile {
  /** Path below the repository: `.github/workflows/x.yml`. */
  readonly path: string
  readonly name: string
  readonly on: Mapping
  readonly env: Mapping
  readonly permissions: Json | undefined
  readonly defaults: RunDefaults
  readonly concurrency: Json | undefined
  readonly jobs: readonly Job[]
}

export type Job = StepsJob | CallJob

interface CommonJob {
  readonly id: string
  readonly name: string | undefined
  readonly needs: readonly string[]
  readonly if: string | undefined
  readonly permissions: Json | undefined
  readonly concurrency: Json | undefined
  readonly strategy: Json | undefined
}

export interface StepsJob extends CommonJob {
  readonly kind: 'steps'
  readonly runsOn: Json
  readonly timeoutMinutes: Json | undefined
  readonly continueOnError: Json | undefined
  readonly env: Mapping
  readonly defaults: RunDefaults
  readonly environment: Json | undefined
  readonly outputs: Mapping
  readonly steps: readonly Step[]
}

/** A job that calls a reusable workflow. */
export interface CallJob extends CommonJob {
  readonly kind: 'call'
  readonly uses: string
  readonly with: Mapping
  readonly secrets: 'inherit' | Mapping
}

export type Step = RunStep | UsesStep

interface CommonStep {
  readonly id: string | undefined
  readonly name: string | undefined
  readonly if: string | undefined
  readonly env: Mapping
  readonly continueOnError: Json | undefined
  readonly timeoutMinutes: Json | undefined
}

export interface RunStep extends CommonStep {
  readonly kind: 'run'
  readonly run: string
  readonly shell: string | undefined
  readonly workingDirectory: string | undefined
}

export interface UsesStep extends CommonStep {
  readonly kind: 'uses'
  readonly uses: string
  readonly with: Mapping
}
