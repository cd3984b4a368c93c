import { readFileSync } from 'node:fs'
import { createRequire, registerHooks } from 'node:module'
import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { compileFunction } from 'node:vm'
import { current } from './globals.js'

const GLOBALS = new URL('globals.js', import.meta.url).href

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@jest/globals' ? { url: GLOBALS, shortCircuit: true } : next(specifier, context),
})

/**
 * Loads suites with Node's own loader, which strips the types, in place of jest's, which makes every module anew for every
 * suite: what it costs and what it takes from us is in docs/adr/0014-suites-in-plain-node.md. The methods are those that
 * jest-runner 30 and jest-circus 30 call.
 */
export default class PlainRuntime {
  async unstable_importModule(path) {
    await import(pathToFileURL(path).href)
  }

  unstable_shouldLoadAsEsm() {
    return true
  }

  setGlobalsForRuntime(globals) {
    current.suite = globals
  }

  /** The part of jest-circus that holds the tests of one suite: evaluated for each, compiled once. */
  requireInternalModule(path) {
    for (const name of LEFT_BY_CIRCUS) delete globalThis[name]
    const module = { exports: {} }
    compiled(path)(module.exports, createRequire(path), module, path, dirname(path))
    return module.exports
  }

  requireModule(path) {
    return createRequire(import.meta.url)(path)
  }

  getSourceMaps() {
    return new Map()
  }

  getAllCoverageInfoCopy() {}
  enterTestCode() {}
  leaveTestCode() {}
  teardown() {}
}

// What it keeps for a whole context: one suite's listeners would hear all later ones, which costs time and loses rejections.
const LEFT_BY_CIRCUS = ['EVENT_HANDLERS', 'TEST_TIMEOUT_SYMBOL', 'RETRY_TIMES'].map((name) =>
  Symbol.for(name),
)

const functions = new Map()

function compiled(path) {
  const known = functions.get(path)
  if (known !== undefined) return known
  const parameters = ['exports', 'require', 'module', '__filename', '__dirname']
  const made = compileFunction(readFileSync(path, 'utf8'), parameters, { filename: path })
  functions.set(path, made)
  return made
}
