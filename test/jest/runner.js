import circus from 'jest-circus/runner'

/** jest-circus without a message to the first process for each step of each test, of which only `--verbose` makes any use. */
export default (globalConfig, config, environment, runtime, path) =>
  circus.default(globalConfig, config, environment, runtime, path)
