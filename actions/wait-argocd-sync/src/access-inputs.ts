import { common, secret, url } from '@mlops-actions/runner'

/** How Argo CD is reached and who asks. */
export const accessFields = {
  url: url({ required: true }),
  token: secret({ required: true }),
  'request-timeout': common.requestTimeout(),
  'ca-cert': common.caCert(),
  'extra-headers': common.extraHeaders(),
}
