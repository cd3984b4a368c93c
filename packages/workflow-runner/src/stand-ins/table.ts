import type { StandIn } from '../stand-in.ts'
import { downloadArtifact, uploadArtifact } from './artifacts.ts'
import { checkout } from './checkout.ts'
import { setupPython } from './setup-python.ts'

/** The third-party actions that this package knows to replace; a run may add its own or override these. */
export const defaultStandIns: Readonly<Record<string, StandIn>> = {
  'actions/checkout': checkout,
  'actions/download-artifact': downloadArtifact,
  'actions/setup-python': setupPython,
  'actions/upload-artifact': uploadArtifact,
}
