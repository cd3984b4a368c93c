/** What jest made for the suite that runs now: `test`, `expect` and the rest. */
export const current = { suite: {} }

// Modules stay loaded from suite to suite, and a helper that says `afterEach` means the suite that runs.
const ofSuite = (name) =>
  new Proxy(() => {}, {
    apply: (_target, _self, given) => current.suite[name](...given),
    get: (_target, key) => current.suite[name][key],
  })

export const afterAll = ofSuite('afterAll')
export const afterEach = ofSuite('afterEach')
export const beforeAll = ofSuite('beforeAll')
export const beforeEach = ofSuite('beforeEach')
export const describe = ofSuite('describe')
export const expect = ofSuite('expect')
export const test = ofSuite('test')
