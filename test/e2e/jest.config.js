import base from '../../jest.config.js'

/** Whole stories: `npm run test:e2e`. Those of one package or action stand there, as `*.story.test.ts`. */
export default {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/e2e/**/*.test.ts', '**/*.story.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
}
