export {
  KNOWN_COMMANDS,
  parseCommand,
  parseCommandV1,
  parseCommandV2,
  type WorkflowCommand,
} from './command-parser.ts'
export { type ConcurrencyGroups, createConcurrencyGroups } from './concurrency.ts'
export { parseFileCommand } from './file-commands.ts'
export { addWithLines, createMasker, type Masker } from './masker.ts'
export type {
  Annotation,
  Conclusion,
  EnvironmentRequest,
  EnvironmentValues,
  JobLabel,
  JobResult,
  RunEvent,
  RunOptions,
  RunResult,
  StandInRow,
  StepLabel,
  StepResult,
  Timing,
  TokenRequest,
} from './run-types.ts'
export { runWorkflow } from './run-workflow.ts'
export type { DirectoryStandIn, FunctionStandIn, StandIn, StandInStep } from './stand-in.ts'
export { downloadArtifact, uploadArtifact } from './stand-ins/artifacts.ts'
export { checkout } from './stand-ins/checkout.ts'
export { setupPython } from './stand-ins/setup-python.ts'
export { defaultStandIns } from './stand-ins/table.ts'
export type { Json, Mapping } from './values.ts'
