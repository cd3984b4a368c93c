import { connect as connectPlain, isIP, type OnReadOpts, type Socket } from 'node:net'
import { connect as connectTls, type SecureContext } from 'node:tls'
import { troubleOf } from '../../objects/trouble.ts'
import type { FetchAnswer, FetchRequest } from './job.ts'
import { isWanted, parseHead } from './response-head.ts'
import { isSmall, keep, report, type Transfer } from './transfer.ts'

/** Connections that have nothing to do, and how new ones are made. */
export interface Lines {
  readonly idle: Line[]
  /** Who is trusted; Node's own roots where undefined. */
  readonly trust: SecureContext | undefined
}

/** A connection, which serves one transfer after the other. */
interface Line {
  readonly place: string
  readonly socket: Socket
  readonly inbox: Inbox
  transfer: Transfer | undefined
}

/** What came and was not taken yet: so many bytes from the start of the buffer on. */
interface Inbox {
  readonly buffer: Buffer
  length: number
}

/** Bytes that are written and hashed at once: those of all connections together have to stay in the cache of the processor. */
const BUFFER = 128 * 1024
/** As much as node:http takes. */
const MOST_HEAD = 16 * 1024
/** Milliseconds in which an idle connection is used again: less than servers keep one. */
const KEPT = 4_000
/** Longer than Node's 250 ms for each address of a host (packages/http/src/agents.ts). */
const ADDRESS_ATTEMPT_TIMEOUT = 1_000

/** Begins a transfer, on a connection that has served another one or on a new one; `resolve` tells how it has ended. */
export function begin(lines: Lines, transfer: Transfer): void {
  const { request } = transfer
  const kept = lines.idle.findLastIndex(({ place }) => place === placeOf(request))
  const [line] = kept === -1 ? [] : lines.idle.splice(kept, 1)
  if (line === undefined) {
    openLine(lines, transfer)
    return
  }
  line.socket.setTimeout(0)
  line.transfer = transfer
  ask(lines, line, transfer)
}

function placeOf({ isTls, host, port }: FetchRequest): string {
  return `${isTls} ${host} ${port}`
}

/** One buffer for as long as the connection lives: nothing is left for a collection of garbage (net, `onread`). */
function openLine(lines: Lines, transfer: Transfer): void {
  const inbox: Inbox = { buffer: Buffer.allocUnsafeSlow(BUFFER), length: 0 }
  const { request } = transfer
  const socket = connect(lines, request, {
    buffer: () => inbox.buffer.subarray(inbox.length),
    callback: (bytes) => {
      inbox.length += bytes
      take(lines, line)
      return isReadOn(line)
    },
  })
  const line: Line = { place: placeOf(request), socket, inbox, transfer }
  wait(lines, line, transfer, request.deadlines.connect)
  let networkCode = 'ECONNRESET'
  socket.once(request.isTls ? 'secureConnect' : 'connect', () => ask(lines, line, transfer))
  socket.on('timeout', () => socket.destroy())
  socket.on('error', (error) => {
    networkCode = 'code' in error ? String(error.code) : ''
  })
  socket.on('close', () => {
    if (line.transfer !== undefined) return end(lines, line, line.transfer, { refused: { networkCode } })
    const at = lines.idle.indexOf(line)
    if (at !== -1) lines.idle.splice(at, 1)
  })
}

/**
 * After each piece the other connections have their turn: a fast server has megabytes of one object waiting, and the hash takes
 * those of several objects side by side.
 */
function isReadOn({ transfer, inbox, socket }: Line): boolean {
  if (transfer === undefined || inbox.length > 0) return true
  setImmediate(() => socket.resume())
  return false
}

function connect({ trust }: Lines, { isTls, host, port }: FetchRequest, onread: OnReadOpts): Socket {
  const family = { autoSelectFamilyAttemptTimeout: ADDRESS_ATTEMPT_TIMEOUT }
  const options = { host, port, onread, noDelay: true, keepAlive: true, ...family }
  if (!isTls) return connectPlain(options)
  const name = isIP(host) === 0 ? { servername: host } : {}
  const secureContext = trust === undefined ? {} : { secureContext: trust }
  return connectTls({
    ...options,
    ...name,
    ...secureContext,
    ALPNProtocols: ['http/1.1'],
    rejectUnauthorized: true,
  })
}

function ask(lines: Lines, line: Line, transfer: Transfer): void {
  wait(lines, line, transfer, transfer.request.deadlines.answer)
  line.socket.write(transfer.request.head, 'latin1')
}

function wait(lines: Lines, line: Line, transfer: Transfer, milliseconds: number): void {
  clearTimeout(transfer.deadline)
  transfer.deadline = setTimeout(
    () => end(lines, line, transfer, { refused: { isLate: true } }),
    milliseconds,
  )
}

function take(lines: Lines, line: Line): void {
  const { transfer } = line
  // Nobody has asked for anything.
  if (transfer === undefined) return void line.socket.destroy()
  try {
    if (transfer.head !== undefined || takeHead(lines, line, transfer)) takeBody(lines, line, transfer)
  } catch (error) {
    end(lines, line, transfer, troubleOf(error))
  }
}

/**
 * What follows the head moves to the start of the buffer, so that writes begin and end where pages of the disk's cache do.
 * @returns whether it has come, and the body may
 */
function takeHead(lines: Lines, line: Line, transfer: Transfer): boolean {
  const { inbox } = line
  const { buffer } = inbox
  const length = buffer.subarray(0, Math.min(inbox.length, MOST_HEAD)).indexOf('\r\n\r\n')
  if (length === -1) {
    if (inbox.length >= MOST_HEAD) end(lines, line, transfer, { refused: {} })
    return false
  }
  const head = parseHead(buffer.toString('latin1', 0, length))
  if (head === undefined || !isWanted(head, transfer.request.wanted)) {
    const retryAfter = head?.headers.get('retry-after')
    end(lines, line, transfer, { refused: { status: head?.status, retryAfter } })
    return false
  }
  transfer.head = head
  buffer.copyWithin(0, length + 4, inbox.length)
  inbox.length -= length + 4
  return true
}

/** Many bytes at once: a record of TLS holds 16 KiB. */
function takeBody(lines: Lines, line: Line, transfer: Transfer): void {
  const { inbox } = line
  const left = transfer.request.wanted.length - transfer.got
  if (inbox.length >= left) {
    const isRight = keep(transfer, inbox.buffer.subarray(0, left))
    const why = isRight ? {} : { refused: { status: transfer.head?.status } }
    end(lines, line, transfer, why, inbox.length === left)
    return
  }
  if (inbox.length === inbox.buffer.length) {
    keep(transfer, inbox.buffer)
    inbox.length = 0
  }
  wait(lines, line, transfer, transfer.request.deadlines.idle)
}

/** Answers the job. The connection is of further use only after all of an answer and nothing else. */
function end(lines: Lines, line: Line, transfer: Transfer, why: FetchAnswer, isClean = false): void {
  const { inbox, socket } = line
  clearTimeout(transfer.deadline)
  line.transfer = undefined
  let answer = why
  if (why.refused !== undefined && transfer.head !== undefined && !isSmall(transfer.to)) {
    try {
      keep(transfer, inbox.buffer.subarray(0, inbox.length))
    } catch (error) {
      answer = troubleOf(error)
    }
  }
  inbox.length = 0
  if (isClean && transfer.head?.isKept === true) {
    lines.idle.push(line)
    socket.setTimeout(KEPT)
  } else socket.destroy()
  if (transfer.got > transfer.told && !isSmall(transfer.to)) report(transfer)
  transfer.resolve({ ...answer, got: transfer.got })
}
