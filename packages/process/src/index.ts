export type { Command, CommandResult } from './command.ts'
export { type ChildEnvOptions, childEnv } from './environment.ts'
export { runCommand } from './run.ts'
export { type OutputName, startTree, type Tree, type TreeCommand, type TreeExit } from './tree.ts'
