export { type ContainerWish, containerArguments } from './container.ts'
export {
  type ContainerState,
  parseContainerState,
  parseExposedPorts,
  parsePublishedPort,
} from './container-state.wire.ts'
export { assertEngine } from './engine.ts'
export { evaluateSmoke, type SmokeLook } from './judge.ts'
export { parseReach, type Reach, resolveReach } from './reach.ts'
export { cleanUp, type SmokeOutput, type SmokeResult, type SmokeWish, smokeImage } from './smoke-image.ts'
