import { canonicalQuery, hmac, sha256Hex, signingKey, stampOf } from './sigv4.ts'

export interface EksTokenRequest {
  readonly cluster: string
  readonly region: string
  readonly keys: {
    readonly accessKeyId: string
    readonly secretAccessKey: string
    readonly sessionToken?: string
  }
  /** Milliseconds since the epoch. */
  readonly now: number
}

/**
 * A bearer token for the Kubernetes API of an EKS cluster: a presigned STS GetCallerIdentity, good for 14 minutes.
 * Source: kubernetes-sigs/aws-iam-authenticator pkg/token/token.go (signed headers `host;x-k8s-aws-id`, Expires 60).
 */
export function eksToken({ cluster, region, keys, now }: EksTokenRequest): string {
  const host = `sts.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`
  const stamp = stampOf(now)
  const scope = `${stamp.slice(0, 8)}/${region}/sts/aws4_request`
  const query = canonicalQuery({
    Action: 'GetCallerIdentity',
    Version: '2011-06-15',
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${keys.accessKeyId}/${scope}`,
    'X-Amz-Date': stamp,
    'X-Amz-Expires': '60',
    ...(keys.sessionToken === undefined ? {} : { 'X-Amz-Security-Token': keys.sessionToken }),
    'X-Amz-SignedHeaders': 'host;x-k8s-aws-id',
  })
  const headers = `host:${host}\nx-k8s-aws-id:${cluster}\n`
  const canonical = ['GET', '/', query, headers, 'host;x-k8s-aws-id', sha256Hex('')].join('\n')
  const toSign = ['AWS4-HMAC-SHA256', stamp, scope, sha256Hex(canonical)].join('\n')
  const signature = hmac(signingKey(keys.secretAccessKey, scope), toSign).toString('hex')
  return `k8s-aws-v1.${Buffer.from(`https://${host}/?${query}&X-Amz-Signature=${signature}`).toString('base64url')}`
}
