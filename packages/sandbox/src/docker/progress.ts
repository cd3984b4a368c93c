import { createHash } from 'node:crypto'
import { errorMessage } from '../containers/caught.ts'

export interface Progress {
  /** Shows a step, runs it, and marks it done or failed. */
  step<T>(name: string, work: (log: (line: string) => void) => Promise<T>): Promise<T>
}

type Write = (text: string) => void

/** BuildKit's `--progress plain`: `#3 [stage 2/3] COPY …`, `#3 DONE 0.0s`, `#3 ERROR: …`. */
export function plainProgress(write: Write): Progress {
  let count = 0
  return {
    async step(name, work) {
      const number = ++count
      const started = performance.now()
      write(`#${number} ${name}\n`)
      try {
        const result = await work((line) => write(`#${number} ${line}\n`))
        write(`#${number} DONE ${((performance.now() - started) / 1000).toFixed(1)}s\n\n`)
        return result
      } catch (error) {
        write(`#${number} ERROR: ${errorMessage(error)}\n`)
        write(`------\n > ${name}:\n------\n`)
        throw error
      }
    },
  }
}

/** `--progress rawjson`: one BuildKit SolveStatus per line (moby/buildkit client/graph.go). */
export function jsonProgress(write: Write): Progress {
  const put = (value: object): void => write(`${JSON.stringify(value)}\n`)
  return {
    async step(name, work) {
      const digest = `sha256:${createHash('sha256').update(name).digest('hex')}`
      const started = new Date().toISOString()
      const log = (line: string): void => {
        const data = Buffer.from(`${line}\n`).toString('base64')
        put({ logs: [{ vertex: digest, stream: 2, data, timestamp: new Date().toISOString() }] })
      }
      put({ vertexes: [{ digest, name, started }] })
      try {
        const result = await work(log)
        put({ vertexes: [{ digest, name, started, completed: new Date().toISOString() }] })
        return result
      } catch (error) {
        put({
          vertexes: [
            { digest, name, started, completed: new Date().toISOString(), error: errorMessage(error) },
          ],
        })
        throw error
      }
    },
  }
}

export function quietProgress(): Progress {
  return { step: (_name, work) => work(() => {}) }
}
