/** How many requests are worth having under way, and what made us think so. */
export interface PaceState {
  /** Requests at once. */
  readonly limit: number
  /**
   * - `grow`: doubles as long as that moves more
   * - `hold`: stays, and tries a little more now and then
   * - `probe`: tries a little more at the moment
   */
  readonly phase: 'grow' | 'hold' | 'probe'
  /** Work for each millisecond that the last limit which paid off has moved. */
  readonly rate: number
  /** Windows since the phase began. */
  readonly windows: number
  /** What to go back to where more did not pay. */
  readonly before: number
}

/** What happened during one window: as long as every request that was under way at its start needed to end. */
export interface PaceWindow {
  readonly milliseconds: number
  /** Bytes and requests, see {@link workOf}. */
  readonly work: number
  /** Whether as many requests were under way as the limit allows: a window without enough to do shows nothing. */
  readonly isFull: boolean
}

export interface PaceBounds {
  readonly start: number
  readonly max: number
}

/** A request costs a server about as much as so many bytes; it makes small and large objects comparable. */
const REQUEST_COST = 64 * 1024
/** More requests have to move so much more to be worth it. */
const WORTH = 1.1
/** One bad window may be the machine's: the second one counts. */
const PATIENCE = 2
/** Windows between two tries for a little more. */
const REST = 8

export function workOf(bytes: number): number {
  return bytes + REQUEST_COST
}

export function startPace({ start, max }: PaceBounds): PaceState {
  const limit = Math.min(start, max)
  return { limit, phase: 'grow', rate: 0, windows: 0, before: limit }
}

/** Pure: the state after a window in which the server did not complain. */
export function afterWindow(
  state: PaceState,
  { milliseconds, work, isFull }: PaceWindow,
  max: number,
): PaceState {
  if (!isFull) return state
  const rate = work / Math.max(milliseconds, 1)
  const windows = state.windows + 1
  switch (state.phase) {
    case 'grow':
      if (rate >= state.rate * WORTH) return raise(state, rate, 2, max)
      return windows < PATIENCE ? { ...state, windows } : goBack(state)
    case 'probe':
      if (rate >= state.rate * WORTH) return { ...state, phase: 'hold', rate, windows: 0 }
      return windows < PATIENCE ? { ...state, windows } : goBack(state)
    case 'hold':
      // The rate of today: a line gets faster and slower.
      if (windows < REST) return { ...state, windows, rate: (state.rate + rate) / 2 }
      return { ...raise(state, rate, 1.25, max), phase: 'probe' }
  }
}

/** Pure: the state after the server has said that it is too much. */
export function afterThrottle(state: PaceState): PaceState {
  const limit = Math.max(1, Math.floor(state.limit / 2))
  return { limit, phase: 'hold', rate: 0, windows: 0, before: limit }
}

function raise(state: PaceState, rate: number, factor: number, max: number): PaceState {
  const limit = Math.min(max, Math.ceil(state.limit * factor))
  return { ...state, limit, rate, windows: 0, before: state.limit }
}

function goBack({ before, rate }: PaceState): PaceState {
  return { limit: before, phase: 'hold', rate, windows: 0, before }
}
