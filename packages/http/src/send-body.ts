import type { ClientRequest } from 'node:http'
import type { StreamedBody } from './client.ts'
import { Trouble } from './trouble.ts'

/** The clock of sending: it runs while a piece goes out, and not while the next one is made. */
export interface SendClock {
  connected(): void
  sending(): void
  waiting(): void
}

/** Until the connection stands its own clock runs, whatever is made or waited for meanwhile. */
export function createSendClock(start: () => void, pause: () => void): SendClock {
  let [isConnected, isSending] = [false, false]
  const tick = (): void => {
    if (!isConnected) return
    if (isSending) start()
    else pause()
  }
  return {
    connected() {
      isConnected = true
      tick()
    },
    sending() {
      isSending = true
      tick()
    },
    waiting() {
      isSending = false
      tick()
    },
  }
}

/** In slices, because only a write that was taken says that the server still reads. */
export function sendBody(request: ClientRequest, body: Buffer, clock: SendClock): void {
  clock.sending()
  let offset = 0
  const sendNext = (): void => {
    const slice = body.subarray(offset, offset + SLICE)
    offset += slice.length
    if (offset >= body.length) request.end(slice)
    // An error comes as the request's own.
    else request.write(slice, (error) => error ?? resume())
  }
  const resume = (): void => {
    clock.sending()
    sendNext()
  }
  sendNext()
}

const SLICE = 256 * 1024

/** What the sender tells of, and what it has to know. */
export interface PieceSender {
  readonly clock: SendClock
  readonly isAnswered: () => boolean
  /** The body cannot be had to its end; this is why. */
  readonly abandon: (reason: unknown) => void
}

/**
 * Sends a body as it is made: the next piece is asked for when the last one was taken. One is held back until it is
 * known whether another follows, so that a body that cannot be made to its end, or not with the length that was
 * announced, never looks whole.
 */
export async function sendPieces(
  request: ClientRequest,
  { pieces, length }: StreamedBody,
  sender: PieceSender,
): Promise<void> {
  let made = 0
  let held: Buffer = Buffer.alloc(0)
  try {
    for await (const piece of pieces) {
      made += piece.length
      if (made > length) break
      if (held.length > 0) {
        sender.clock.sending()
        if (!(await write(request, held)) || sender.isAnswered()) return
        sender.clock.waiting()
      }
      held = piece
    }
    if (made !== length) throw wrongLength(made, length)
    sender.clock.sending()
    request.end(held)
  } catch (thrown) {
    sender.abandon(thrown)
  }
}

/** Whether it was taken; why not is the request's own error. */
function write(request: ClientRequest, piece: Buffer): Promise<boolean> {
  return new Promise((resolve) => {
    const onClose = (): void => resolve(false)
    request.once('close', onClose)
    request.write(piece, (error) => {
      request.off('close', onClose)
      resolve(!error)
    })
  })
}

function wrongLength(made: number, length: number): Trouble {
  const seen = made > length ? 'more than that came' : `only ${made} came`
  return new Trouble('wrong-length', { detail: `${length} bytes were announced, and ${seen}` })
}
