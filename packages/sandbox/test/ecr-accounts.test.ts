import { DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { type EcrAccounts, startEcrAccounts } from '../src/ecr/accounts.ts'
import { addRepository } from '../src/registry/index.ts'

const STAGING = {
  arn: 'arn:aws:iam::111111111111:user/staging',
  accessKeyId: 'AKIASTAGING',
  secretAccessKey: 'staging',
}
const PROD = { arn: 'arn:aws:iam::222222222222:user/prod', accessKeyId: 'AKIAPROD', secretAccessKey: 'prod' }
const ACCOUNTS = [
  { accountId: '111111111111', region: 'eu-west-1' },
  { accountId: '222222222222', region: 'eu-west-1' },
  { accountId: '222222222222', region: 'us-east-1' },
]

let accounts: EcrAccounts
beforeEach(async () => {
  accounts = await startEcrAccounts(ACCOUNTS, { principals: [STAGING, PROD] })
  for (const { state } of accounts.servers) {
    const { accountId, region } = state.registry
    addRepository(state.registry, `${accountId}-${region}`, 0)
  }
})
afterEach(() => accounts.close())

async function seenBy(credentials: typeof PROD, region: string, registryId?: string): Promise<string> {
  const client = new ECRClient({ endpoint: accounts.url, region, credentials, maxAttempts: 1 })
  const { repositories = [] } = await client.send(
    new DescribeRepositoriesCommand(registryId === undefined ? {} : { registryId }),
  )
  client.destroy()
  return repositories.map(({ repositoryName }) => repositoryName).join()
}

test('the account is that of the caller, or the one that is named', async () => {
  expect(await seenBy(STAGING, 'eu-west-1')).toBe('111111111111-eu-west-1')
  expect(await seenBy(PROD, 'eu-west-1')).toBe('222222222222-eu-west-1')
  expect(await seenBy(PROD, 'eu-west-1', '111111111111')).toBe('111111111111-eu-west-1')
})

test('the region is that of the signature', async () => {
  expect(await seenBy(PROD, 'us-east-1')).toBe('222222222222-us-east-1')
})

test('a principal that is admitted later is known everywhere', async () => {
  const late = { ...PROD, accessKeyId: 'AKIALATE' }
  accounts.principals.push(late)
  expect(await seenBy(late, 'us-east-1')).toBe('222222222222-us-east-1')
})
