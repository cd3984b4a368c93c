import { resolve } from 'node:path'

/**
 * For the environment of programs that tests start over and over: Node keeps what it compiled and what it stripped of
 * types (https://nodejs.org/api/module.html#module-compile-cache), so that all starts but the first cost half.
 * What has to be measured, or proven on a machine that has nothing, is started without.
 */
export const COMPILE_CACHE = {
  NODE_COMPILE_CACHE: resolve(import.meta.dirname, '../../node_modules/.cache/node'),
} as const
