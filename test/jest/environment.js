import { flushCompileCache } from 'node:module'

/** The process itself as the environment of a suite; what a suite may change of it is put back. */
export default class PlainEnvironment {
  global = globalThis
  fakeTimers = null
  fakeTimersModern = null
  moduleMocker = null
  #console = globalThis.console
  #exit = process.exit
  #env = { ...process.env }
  #folder = process.cwd()

  async setup() {}

  async teardown() {
    globalThis.console = this.#console
    process.exit = this.#exit
    process.chdir(this.#folder)
    for (const name of Object.keys(process.env)) if (!(name in this.#env)) delete process.env[name]
    Object.assign(process.env, this.#env)
    // At its end a worker has half a second; what it has compiled in a fresh clone takes longer to write.
    flushCompileCache()
  }

  getVmContext() {
    return null
  }

  exportConditions() {
    return ['node', 'node-addons']
  }
}
