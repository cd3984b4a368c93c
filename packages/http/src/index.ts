export { isSpecialHost } from './address.ts'
export { parseCertificates } from './agents.ts'
export type {
  HttpClient,
  HttpOptions,
  HttpRequest,
  HttpResponse,
  HttpStream,
  StreamedBody,
  Validate,
} from './client.ts'
export { isHtml } from './content.ts'
export { createHttp } from './create.ts'
export type { DirectLine } from './direct.ts'
export { jsonLines, type ServerSentEvent, serverSentEvents } from './events.ts'
export {
  array,
  boolean,
  type Check,
  type Checked,
  dictionary,
  number,
  oneOf,
  optional,
  record,
  ShapeError,
  string,
  unknownValue,
  withDefault,
} from './validate.wire.ts'
