/** One kind of object that the API server knows: its group, its names and its rules. */
export interface ResourceType {
  /** Empty for the core group. */
  readonly group: string
  readonly version: string
  readonly kind: string
  /** Plural, as it stands in URLs and RBAC rules. */
  readonly plural: string
  readonly namespaced: boolean
  /**
   * With a status subresource the main endpoint ignores `status` and the generation moves with the spec alone.
   * Argo CD's Application has `subresources: {}`: there every change outside of the metadata moves it.
   */
  readonly statusSubresource: boolean
  /** Defined by a CRD: strategic merge patches are refused with 415. */
  readonly custom: boolean
}

const type = (
  apiVersion: string,
  kind: string,
  plural: string,
  flags: { cluster?: true; noStatus?: true; custom?: true } = {},
): ResourceType => {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion]
  return {
    group: group ?? '',
    version: version ?? '',
    kind,
    plural,
    namespaced: flags.cluster !== true,
    statusSubresource: flags.noStatus !== true,
    custom: flags.custom === true,
  }
}

/** Every resource of the sandbox's cluster, core and built-in groups first. */
export const RESOURCES = {
  pods: type('v1', 'Pod', 'pods'),
  services: type('v1', 'Service', 'services'),
  events: type('v1', 'Event', 'events', { noStatus: true }),
  configmaps: type('v1', 'ConfigMap', 'configmaps', { noStatus: true }),
  secrets: type('v1', 'Secret', 'secrets', { noStatus: true }),
  serviceaccounts: type('v1', 'ServiceAccount', 'serviceaccounts', { noStatus: true }),
  namespaces: type('v1', 'Namespace', 'namespaces', { cluster: true }),
  nodes: type('v1', 'Node', 'nodes', { cluster: true }),
  deployments: type('apps/v1', 'Deployment', 'deployments'),
  replicasets: type('apps/v1', 'ReplicaSet', 'replicasets'),
  statefulsets: type('apps/v1', 'StatefulSet', 'statefulsets'),
  jobs: type('batch/v1', 'Job', 'jobs'),
  cronjobs: type('batch/v1', 'CronJob', 'cronjobs'),
  persistentvolumeclaims: type('v1', 'PersistentVolumeClaim', 'persistentvolumeclaims'),
  horizontalpodautoscalers: type('autoscaling/v2', 'HorizontalPodAutoscaler', 'horizontalpodautoscalers'),
  poddisruptionbudgets: type('policy/v1', 'PodDisruptionBudget', 'poddisruptionbudgets'),
  ingresses: type('networking.k8s.io/v1', 'Ingress', 'ingresses'),
  networkpolicies: type('networking.k8s.io/v1', 'NetworkPolicy', 'networkpolicies', { noStatus: true }),
  roles: type('rbac.authorization.k8s.io/v1', 'Role', 'roles', { noStatus: true }),
  rolebindings: type('rbac.authorization.k8s.io/v1', 'RoleBinding', 'rolebindings', { noStatus: true }),
  prometheusrules: type('monitoring.coreos.com/v1', 'PrometheusRule', 'prometheusrules', { custom: true }),
  podmonitors: type('monitoring.coreos.com/v1', 'PodMonitor', 'podmonitors', { custom: true }),
  servicemonitors: type('monitoring.coreos.com/v1', 'ServiceMonitor', 'servicemonitors', { custom: true }),
  knativeServices: type('serving.knative.dev/v1', 'Service', 'services', { custom: true }),
  knativeConfigurations: type('serving.knative.dev/v1', 'Configuration', 'configurations', { custom: true }),
  knativeRevisions: type('serving.knative.dev/v1', 'Revision', 'revisions', { custom: true }),
  inferenceservices: type('serving.kserve.io/v1beta1', 'InferenceService', 'inferenceservices', {
    custom: true,
  }),
  llminferenceservices: type('serving.kserve.io/v1alpha2', 'LLMInferenceService', 'llminferenceservices', {
    custom: true,
  }),
  leaderworkersets: type('leaderworkerset.x-k8s.io/v1', 'LeaderWorkerSet', 'leaderworkersets', {
    custom: true,
  }),
  servingruntimes: type('serving.kserve.io/v1alpha1', 'ServingRuntime', 'servingruntimes', { custom: true }),
  clusterservingruntimes: type(
    'serving.kserve.io/v1alpha1',
    'ClusterServingRuntime',
    'clusterservingruntimes',
    { cluster: true, custom: true },
  ),
  rollouts: type('argoproj.io/v1alpha1', 'Rollout', 'rollouts', { custom: true }),
  applications: type('argoproj.io/v1alpha1', 'Application', 'applications', { noStatus: true, custom: true }),
  appprojects: type('argoproj.io/v1alpha1', 'AppProject', 'appprojects', { noStatus: true, custom: true }),
  applicationsets: type('argoproj.io/v1alpha1', 'ApplicationSet', 'applicationsets', { custom: true }),
} as const

const ALL: readonly ResourceType[] = Object.values(RESOURCES)

/** `v1`, `apps/v1`: how the type's objects name it. */
export function apiVersionOf(type: ResourceType): string {
  return type.group === '' ? type.version : `${type.group}/${type.version}`
}

/** `pods` or `deployments.apps`: how messages name a resource. */
export function qualified(type: ResourceType): string {
  return type.group === '' ? type.plural : `${type.plural}.${type.group}`
}

export function findResource(group: string, version: string, plural: string): ResourceType | undefined {
  return ALL.find((type) => type.group === group && type.version === version && type.plural === plural)
}

/** The type of an object by what stands in its manifest. */
export function findKind(apiVersion: string, kind: string): ResourceType | undefined {
  return ALL.find((type) => apiVersionOf(type) === apiVersion && type.kind === kind)
}

/** The types of one `group/version`, for discovery. */
export function resourcesOf(group: string, version: string): readonly ResourceType[] {
  return ALL.filter((type) => type.group === group && type.version === version)
}

/** Every named group with its versions, for discovery. */
export function apiGroups(): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>()
  for (const { group, version } of ALL) {
    if (group === '') continue
    const versions = groups.get(group) ?? []
    groups.set(group, versions.includes(version) ? versions : [...versions, version])
  }
  return groups
}
