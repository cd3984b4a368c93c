import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SandboxOptions } from '@mlops-actions/sandbox'
import type { RbacRule } from '@mlops-actions/sandbox/kubernetes'
import type { PolicyDocument } from '@mlops-actions/sandbox/s3'
import { parse } from 'yaml'
import { NAMESPACE } from './cluster.ts'
import { ROOT } from './run.ts'

/** Where the company keeps what the READMEs call by other names. */
const PLACES = {
  'ml-data/dvc/': 'ml-prod/churn/dvc/',
  'ml-models/models/': 'ml-prod/published/',
  'ml-data': 'ml-prod',
  'ml-models': 'ml-prod',
}

/** The company grants what the READMEs of our actions ask for, and nothing else: more is not needed. */
export function documentedPermissions(): Pick<SandboxOptions, 'rolePolicy' | 'clusterRules'> {
  return { rolePolicy: rolePolicy(), clusterRules: clusterRules() }
}

/** dvc-push's policy, and what the tables of the others name. */
function rolePolicy(): PolicyDocument {
  const dvc: PolicyDocument = JSON.parse(relocated(block('dvc-push', 'json', '2012-10-17')))
  const [bucket, root] = ['arn:aws:s3:::ml-prod', 'arn:aws:s3:::ml-prod/kfp/artifacts/*']
  return {
    Statement: [
      ...dvc.Statement,
      { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
      { Effect: 'Allow', Action: awsActions('ecr-build-push'), Resource: 'arn:aws:ecr:*:*:repository/churn' },
      { Effect: 'Allow', Action: awsActions('kfp-run-and-wait'), Resource: [bucket, root] },
    ],
  }
}

/** The actions of AWS in an action's table of permissions, without what only an option needs that nobody sets. */
function awsActions(action: string): string[] {
  const rows = readme(action).matchAll(/^\| AWS \| (.*?) on .*$/gm)
  return [...rows]
    .filter(([row]) => !row.includes('`create-repository` only'))
    .flatMap(([, names = '']) => [...names.matchAll(/`(\w+:\w+)`/g)].map(([, name = '']) => name))
}

/** The Role of kserve-health-check. */
function clusterRules(): readonly RbacRule[] {
  const role: { readonly rules: readonly RbacRule[] } = parse(
    block('kserve-health-check', 'yaml', 'kind: Role'),
  )
  return role.rules.map((rule) => ({ ...rule, namespace: NAMESPACE }))
}

/** The code block of a README in which a text stands. */
function block(action: string, language: string, text: string): string {
  const blocks = readme(action).matchAll(/^```(\w+)\n(.*?)^```/gms)
  const found = [...blocks].find(([, kind, body]) => kind === language && body?.includes(text))
  if (found?.[2] === undefined) throw new Error(`the README of ${action} has no ${language} with ${text}`)
  return found[2]
}

function readme(action: string): string {
  return readFileSync(join(ROOT, 'actions', action, 'README.md'), 'utf8')
}

function relocated(policy: string): string {
  return Object.entries(PLACES).reduce(
    (text, [from, to]) => text.replaceAll(`:::${from}`, `:::${to}`),
    policy,
  )
}
