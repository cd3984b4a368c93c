import { invalidFile, unsupported } from '../invalid.ts'
import { type Options, text } from './remote-options.ts'

/** @throws Failure `config` where it has none: what DVC requires of every remote (dvc/config_schema.py) */
export function urlOf(name: string, options: Options): string {
  const url = text(options, 'url')
  if (url !== undefined && url !== '') return url
  throw invalidFile(
    `remote "${name}"`,
    'it has no url',
    `Give it one with \`dvc remote modify ${name} url s3://bucket/prefix\`, and commit .dvc/config`,
    'DVC_REMOTE',
  )
}

/** The server as a URL. One that holds a password would be shown wherever this server is told of. */
export function endpointOf(on: string, options: Options): string | undefined {
  const value = text(options, 'endpointurl')
  if (value === undefined || value === '') return undefined
  const url = value.includes('://') ? value : `https://${value}`
  if (/^[^/]*:\/\/[^/]*@/.test(url))
    throw unsupported(
      on,
      'there is a user name or a password in endpointurl, which S3 does not take',
      'Take it out of endpointurl (and replace it, if it was committed); credentials come from `role-to-assume` or the job',
    )
  if (/^https?:/i.test(url) && URL.canParse(url)) return url
  throw invalidFile(
    on,
    `endpointurl is "${url}"`,
    'Give the address of the server, such as https://s3.example.com:9000',
    'DVC_CONFIG',
  )
}
