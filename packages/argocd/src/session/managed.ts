import { Failure } from '@mlops-actions/diagnostics'

/**
 * Whether it is the managed Argo CD of EKS, whose endpoints are `<name>-<hash>-<account>.eks-capabilities.<region>.…`
 * (EKS user guide, "Argo CD endpoint URL").
 */
export function isManaged(url: string): boolean {
  return (
    URL.canParse(url) &&
    /\.eks-capabilities\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/.test(new URL(url).hostname)
  )
}

/** It signs people in by IAM Identity Center, and has neither Dex, local accounts nor an `oidc.config` of its user's. */
export function noSuchLogin(url: string): Failure {
  return new Failure({
    kind: 'config',
    code: 'ARGOCD_MANAGED_LOGIN',
    what: 'Cannot log in to Argo CD',
    on: new URL(url).host,
    seen: 'the managed Argo CD of EKS has no Dex and takes no password: people come to it by IAM Identity Center',
    next: 'Give `auth: token` with the token of a project role or an account, or without any secret `auth: kubernetes` with `eks-cluster`: the hub cluster, in which its Applications are',
  })
}

/** Where its rights stand: no ConfigMap is in reach, and the three roles of `rbacRoleMapping` say little of Applications. */
export const MANAGED_PLACE =
  ' (in a role of its AppProject: the managed Argo CD of EKS has no argocd-rbac-cm, and only ADMIN of its `rbacRoleMapping` sees Applications without such a role)'
