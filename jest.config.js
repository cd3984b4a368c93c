// Tests run as native ES modules; swc only strips the types (TypeScript 7 has no API that ts-jest could call).
export default {
  testEnvironment: '<rootDir>/test/environment.js',
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
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2024' },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
    '/@actions/workflow-parser/dist/.+-schema\\.js$': '<rootDir>/test/json-imports.js',
  },
  // Packages are linked below node_modules by npm; their sources are TypeScript and must be transformed.
  transformIgnorePatterns: [
    '/node_modules/(?!@mlops-actions/|@actions/workflow-parser/dist/.+-schema\\.js$)',
  ],
  // Every test imports what it uses of jest.
  injectGlobals: false,
  testTimeout: 20_000,
  // Half of the tests wait for processes and sockets: more workers than the smallest machine has cores.
  maxWorkers: 3,
  // What a worker spends on starting a process grows with its own memory, since Node forks: hence this limit, and those
  // of V8 in the script `test` of package.json.
  workerIdleMemoryLimit: '300MB',
  testSequencer: '<rootDir>/test/sequencer.js',
  globalSetup: '<rootDir>/test/global-setup.ts',
}
