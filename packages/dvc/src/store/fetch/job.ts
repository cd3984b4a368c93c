/** What a worker is started with. */
export interface FetchWorkerData {
  /** PEM certificates of everybody who is trusted; Node's own roots where undefined. */
  readonly ca: readonly string[] | undefined
}

/** A job, told apart by its kind; `file` is the number by which both sides know an open file. */
export type FetchJob =
  | { readonly kind: 'open'; readonly file: number; readonly path: string; readonly isHashed: boolean }
  | { readonly kind: 'fetch'; readonly file: number; readonly request: FetchRequest }
  | { readonly kind: 'small'; readonly small: SmallFile; readonly request: FetchRequest }
  | { readonly kind: 'skip'; readonly file: number; readonly to: number }
  | { readonly kind: 'finish'; readonly file: number }
  | { readonly kind: 'close'; readonly file: number }

/** What an object becomes when all of it is there and right; until then there is no file. */
export interface SmallFile {
  readonly path: string
  readonly md5: string
}

/** A request that has been signed, and the only answer to it that counts. */
export interface FetchRequest {
  readonly isTls: boolean
  readonly host: string
  readonly port: number
  /** Request line and headers, to the empty line. */
  readonly head: string
  readonly wanted: WantedRange
  readonly deadlines: FetchDeadlines
}

/** Bytes of one version of an object. */
export interface WantedRange {
  readonly start: number
  readonly length: number
  /** Of the whole object. */
  readonly size: number
  /** Without quotes. */
  readonly etag: string
}

/** Milliseconds: until the connection stands, until the head of the answer is whole, between two pieces of the body. */
export interface FetchDeadlines {
  readonly connect: number
  readonly answer: number
  readonly idle: number
}

export interface FetchAnswer {
  /** Bytes that are in the file, from the start of the range on. */
  readonly got?: number
  /** Why these are not all of them. */
  readonly refused?: Refusal
  /** What the file system said. */
  readonly trouble?: { readonly code: string; readonly syscall: string | undefined; readonly message: string }
  readonly md5?: string | undefined
  readonly size?: number
}

/** An answer that does not count, a line that broke, or a deadline that passed. */
export interface Refusal {
  readonly status?: number | undefined
  readonly retryAfter?: string | undefined
  readonly networkCode?: string | undefined
  readonly isLate?: boolean | undefined
}

/** Bytes of an object that is kept in memory until it is whole. */
export const MOST_SMALL = 64 * 1024
