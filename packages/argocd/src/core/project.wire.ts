import { array, boolean, type Checked, record, string, withDefault } from '@mlops-actions/http'
import type { ResourceType } from '@mlops-actions/kubernetes'

const isProjectWindow = record({
  kind: withDefault(string, ''),
  schedule: withDefault(string, ''),
  duration: withDefault(string, ''),
  applications: withDefault(array(string), []),
  namespaces: withDefault(array(string), []),
  clusters: withDefault(array(string), []),
  timeZone: withDefault(string, ''),
  andOperator: withDefault(boolean, false),
  manualSync: withDefault(boolean, false),
})
export type ProjectWindow = Checked<typeof isProjectWindow>

const isProject = record({
  spec: withDefault(record({ syncWindows: withDefault(array(isProjectWindow), []) }), { syncWindows: [] }),
})

/** argoproj.io/v1alpha1 AppProject, as far as its sync windows. */
export const APP_PROJECTS: ResourceType<Checked<typeof isProject>> = {
  group: 'argoproj.io',
  version: 'v1alpha1',
  plural: 'appprojects',
  kind: 'AppProject',
  check: isProject,
}
