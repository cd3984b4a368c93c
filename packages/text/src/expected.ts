/** Thrown by every parser here: what the text should have been, as the end of "want …". */
export class Expected extends Error {
  readonly want: string

  constructor(want: string) {
    super(`want ${want}`)
    this.name = 'Expected'
    this.want = want
  }
}
