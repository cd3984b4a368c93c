import { expect, test } from '@jest/globals'
import { formatRegistryHost, parseRegistryHost } from '../src/index.ts'

test.each([
  ['eu-west-1', 'amazonaws.com'],
  ['us-gov-west-1', 'amazonaws.com'],
  ['cn-north-1', 'amazonaws.com.cn'],
  ['eusc-de-east-1', 'amazonaws.eu'],
  ['us-iso-east-1', 'c2s.ic.gov'],
  ['us-isob-east-1', 'sc2s.sgov.gov'],
  ['us-isof-south-1', 'csp.hci.ic.gov'],
  ['eu-isoe-west-1', 'cloud.adc-e.uk'],
])('the registry of an account in %s ends in %s, and is read back', (region, suffix) => {
  const host = formatRegistryHost('123456789012', region)
  expect(host).toBe(`123456789012.dkr.ecr.${region}.${suffix}`)
  expect(parseRegistryHost(host)).toMatchObject({ kind: 'private', account: '123456789012', region })
})
