export {
  type Authority,
  createAuthority,
  createIdentity,
  type Identity,
  type IdentityOptions,
} from './certificates.ts'
export { FAULT_REQUEST_ID, type FaultAnswer, type FaultMode } from './modes.ts'
export { type FaultProxy, type FaultProxyOptions, startFaultProxy } from './proxy.ts'
export type { FaultRequest } from './request.ts'
export { type FaultServer, type FaultServerOptions, type FaultTls, startFaultServer } from './server.ts'
export { FAULT_LOGIN_URL, FAULTS, type FaultCase } from './table.ts'
