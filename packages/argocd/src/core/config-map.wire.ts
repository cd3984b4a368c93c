import { type Checked, dictionary, record, string, withDefault } from '@mlops-actions/http'
import type { ResourceType } from '@mlops-actions/kubernetes'

const isConfigMap = record({ data: withDefault(dictionary(string), {}) })

/** v1 ConfigMap. */
export const CONFIG_MAPS: ResourceType<Checked<typeof isConfigMap>> = {
  group: '',
  version: 'v1',
  plural: 'configmaps',
  kind: 'ConfigMap',
  check: isConfigMap,
}
