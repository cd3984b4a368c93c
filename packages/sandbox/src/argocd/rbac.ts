/** One request in the words of Argo CD's RBAC: `applications, get, ml/churn`. */
export interface Access {
  readonly resource: string
  readonly action: string
  readonly object: string
}

/**
 * policy.csv of argocd-rbac-cm: `p, subject, resource, action, object, allow|deny` and `g, subject, role`. What nobody
 * allows is denied, and one deny is enough (argo-cd assets/model.conf; glob matching, util/rbac).
 */
export function allows(policy: readonly string[], subject: string, access: Access): boolean {
  const rules = policy.map((line) => line.split(',').map((part) => part.trim()))
  const roles = rolesOf(rules, subject)
  const effects = rules
    .filter(([type, who = '', resource = '', action = '', object = '']) => {
      const fits = matches(resource, access.resource) && matches(action, access.action)
      return type === 'p' && roles.has(who) && fits && matches(object, access.object)
    })
    .map((rule) => rule[5])
  return effects.includes('allow') && !effects.includes('deny')
}

function rolesOf(rules: readonly (readonly string[])[], subject: string): ReadonlySet<string> {
  const roles = new Set([subject])
  for (const role of roles)
    for (const [type, who = '', given = ''] of rules) if (type === 'g' && who === role) roles.add(given)
  return roles
}

function matches(pattern: string, value: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`).test(value)
}
