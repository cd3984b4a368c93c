import base from '../../jest.config.js'

/** Whole stories: `npm run test:e2e`. What stands beside them in the project is tested by `npm test`. */
export default {
  ...base,
  rootDir: '../..',
  roots: ['<rootDir>/test/e2e'],
  testPathIgnorePatterns: ['/node_modules/'],
}
