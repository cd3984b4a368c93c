import vm from 'node:vm'
import { TestEnvironment } from 'jest-environment-node'

/**
 * jest's environment for Node with an ordinary global object. In the one that `vm.createContext({})` makes, every access to
 * a global (`Map`, `JSON`, `Buffer`) runs through an interceptor: a sixth of the processor time of a suite.
 */
export default class PlainEnvironment extends TestEnvironment {
  constructor(...given) {
    const { createContext } = vm
    vm.createContext = () => createContext(vm.constants.DONT_CONTEXTIFY)
    try {
      super(...given)
    } finally {
      vm.createContext = createContext
    }
  }
}
