/** Thrown by every parser here: what the text should have been, as the end of "want …". */
export class Expected extends Error {
  readonly want: string
  /** The text holds a secret where none belongs: no message may quote it. */
  readonly holdsSecret: boolean

  constructor(want: string, { holdsSecret = false }: { readonly holdsSecret?: boolean } = {}) {
    super(`want ${want}`)
    this.name = 'Expected'
    this.want = want
    this.holdsSecret = holdsSecret
  }
}
