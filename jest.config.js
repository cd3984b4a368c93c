export default {
  // Suites run in plain Node: docs/adr/0014-suites-in-plain-node.md.
  runtime: '<rootDir>/test/jest/runtime.js',
  testRunner: '<rootDir>/test/jest/runner.js',
  testEnvironment: '<rootDir>/test/jest/environment.js',
  roots: ['<rootDir>/packages', '<rootDir>/actions', '<rootDir>/scripts', '<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: [
    '/node_modules/',
    '/build/',
    '<rootDir>/test/product/',
    '<rootDir>/test/real/',
    '<rootDir>/test/e2e/',
    '\\.story\\.test\\.ts$',
  ],
  modulePathIgnorePatterns: ['<rootDir>/build/', '<rootDir>/dist/'],
  transform: {},
  // Every test imports what it uses of jest.
  injectGlobals: false,
  testTimeout: 20_000,
  // Half of the tests wait for processes and sockets: more workers than the smallest machine has cores.
  maxWorkers: 3,
  testSequencer: '<rootDir>/test/jest/sequencer.js',
  globalSetup: '<rootDir>/test/global-setup.ts',
}
