import type { Checked } from '@mlops-actions/http'
import type { ResourceType } from '@mlops-actions/kubernetes'
import { type Application, isApplication } from '../model/application.wire.ts'
import { isApplicationSet } from '../model/resource.wire.ts'

const API = { group: 'argoproj.io', version: 'v1alpha1' } as const

export const APPLICATIONS: ResourceType<Application> = {
  ...API,
  plural: 'applications',
  kind: 'Application',
  check: isApplication,
}

export const APPLICATION_SETS: ResourceType<Checked<typeof isApplicationSet>> = {
  ...API,
  plural: 'applicationsets',
  kind: 'ApplicationSet',
  check: isApplicationSet,
}
