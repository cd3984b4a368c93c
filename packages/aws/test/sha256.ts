import { createHash, createHmac } from 'node:crypto'

/** Node's hash in the shape that the SDK's signer wants. */
export class Sha256 {
  readonly #parts: Buffer[] = []
  readonly #secret: Uint8Array | undefined
  constructor(secret?: Uint8Array | string | ArrayBuffer | ArrayBufferView) {
    this.#secret =
      secret === undefined
        ? undefined
        : typeof secret === 'string'
          ? Buffer.from(secret)
          : new Uint8Array(secret as ArrayBuffer)
  }
  update(data: Uint8Array | string): void {
    this.#parts.push(Buffer.from(data as Uint8Array))
  }
  async digest(): Promise<Uint8Array> {
    const hash = this.#secret === undefined ? createHash('sha256') : createHmac('sha256', this.#secret)
    return hash.update(Buffer.concat(this.#parts)).digest()
  }
  reset(): void {
    this.#parts.length = 0
  }
}
