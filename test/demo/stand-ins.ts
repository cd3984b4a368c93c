import type { Sandbox } from '@mlops-actions/sandbox'
import { defaultStandIns, type FunctionStandIn, type StandIn } from '@mlops-actions/workflow-runner'
import { parse } from 'yaml'
import { dockerAuth } from './images.ts'

/** What runs in place of third-party actions; the runner's own ones (checkout, artifacts, Python) are among them. */
export function standInsFor(sandbox: Sandbox): Readonly<Record<string, StandIn>> {
  return {
    ...defaultStandIns,
    'aws-actions/configure-aws-credentials': configureAws,
    'aws-actions/amazon-ecr-login': ecrLogin(sandbox),
    'aquasecurity/setup-trivy': noTrivy,
    'slackapi/slack-github-action': slack,
  }
}

const configureAws: FunctionStandIn = {
  describe: 'hands keys to the steps that follow',
  inputs: { 'aws-access-key-id': '', 'aws-secret-access-key': '', 'aws-region': '' },
  main: async ({ inputs, mask, setEnv }) => {
    mask(inputs['aws-secret-access-key'] ?? '')
    setEnv('AWS_ACCESS_KEY_ID', inputs['aws-access-key-id'] ?? '')
    setEnv('AWS_SECRET_ACCESS_KEY', inputs['aws-secret-access-key'] ?? '')
    setEnv('AWS_REGION', inputs['aws-region'] ?? '')
  },
}

function ecrLogin(sandbox: Sandbox): FunctionStandIn {
  return {
    describe: "logs in to the sandbox's registry",
    inputs: { registries: '', 'mask-password': 'true' },
    main: async ({ mask, setEnv, setOutput }) => {
      const auth = dockerAuth(sandbox)
      mask(sandbox.registryAuth.password)
      mask(auth)
      setEnv('DOCKER_AUTH_CONFIG', auth)
      setOutput('registry', sandbox.ecr.registryServer.host)
    },
  }
}

const noTrivy: FunctionStandIn = {
  describe: 'refused: a scanner would be downloaded',
  inputs: { version: '' },
  main: async () => {
    throw new Error(
      'The demo downloads nothing: leave the scan command empty, or name a scanner that is installed.',
    )
  },
}

/** Posts for real, to whatever webhook the workflow was given. */
const slack: FunctionStandIn = {
  describe: 'posts the payload to the webhook',
  inputs: { webhook: '', 'webhook-type': 'incoming-webhook', payload: '' },
  main: async ({ inputs, env, log }) => {
    const body = JSON.stringify(parse(inputs['payload'] ?? ''))
    // Up to its version 1 the webhook was a variable.
    const webhook = inputs['webhook'] || env['SLACK_WEBHOOK_URL'] || ''
    const answer = await fetch(webhook, { method: 'POST', body })
    if (!answer.ok) throw new Error(`the webhook answered ${answer.status}`)
    log(`posted ${body.length} bytes`)
  },
}
