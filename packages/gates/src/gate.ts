/** `>=` and its like; `==` and `!=` compare exactly, so they suit counts and labels, not measured figures. */
export const OPERATORS = ['>=', '<=', '==', '!=', '>', '<'] as const
export type Operator = (typeof OPERATORS)[number]

/** A number, a metric of this run, or one of the champion, which may be absent. */
export type Operand =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'metric'; readonly name: string }
  | { readonly kind: 'champion'; readonly name: string }

/** Operands with the sign with which each is added. */
export type Sum = readonly { readonly sign: 1 | -1; readonly operand: Operand }[]

/** `accuracy >= champion.accuracy - 0.005` */
export interface Gate {
  /** As the user wrote it, without the comment. */
  readonly source: string
  readonly left: Sum
  readonly operator: Operator
  readonly right: Sum
}
