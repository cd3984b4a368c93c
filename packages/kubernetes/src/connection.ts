/** How an API server is reached and who we are there. */
export interface Connection {
  /** Base URL, without a trailing slash. */
  readonly server: string
  /** Bearer token; a function gives a fresh one for each request (EKS tokens live 15 minutes, files are rotated). */
  readonly token?: string | (() => Promise<string>)
  /** PEM certificates of the server's CA, trusted in addition to the system's. */
  readonly caCert?: string
  readonly clientCertificate?: { readonly certificate: string; readonly key: string }
  /** The name that the server's certificate carries, where it is not the host's. */
  readonly serverName?: string
  /** The namespace of the kubeconfig's context or of the pod that we run in. */
  readonly namespace?: string
}

/** What an action is told about its cluster; all absent means: look for a pod's service account. */
export interface ConnectionInputs {
  /** Path of a kubeconfig file, or its YAML. */
  readonly kubeconfig?: string | undefined
  /** Context of the kubeconfig. Default: its `current-context`. */
  readonly context?: string | undefined
  readonly server?: string | undefined
  /** A function makes a fresh one for each request. */
  readonly token?: Connection['token'] | undefined
  /** PEM, or the path of a PEM file. */
  readonly caCert?: string | undefined
}
