// Runs commands, one a line of JSON, where it was started: in a namespace of mounts, into which nothing leads from outside.
import { createInterface } from 'node:readline'
import { runCommand } from '../../../scripts/command.ts'
import { parseRequest } from './request.wire.ts'

console.log('ready')
createInterface({ input: process.stdin }).on('line', async (line) => {
  const { id, program, args, options } = parseRequest(line)
  const finished = await runCommand(program, args, options).catch((error: unknown) => ({
    code: 127,
    output: String(error),
  }))
  console.log(JSON.stringify({ id, ...finished }))
})
