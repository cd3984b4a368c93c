/** A token that is asked for when somebody wants it, and that gets old. */
export interface Renewable {
  value(): Promise<string>
  /** This one is no longer good: the next one is new. Of many that say so the first one counts. */
  renew(old: string): Promise<void>
}

/** However many wait for it, it is asked for once; who tries again after a failure asks again. */
export function createRenewable(ask: () => Promise<string>, first?: string): Renewable {
  let known = first === undefined ? undefined : Promise.resolve(first)
  return {
    value: () => {
      if (known !== undefined) return known
      const asked = ask()
      known = asked
      asked.catch(() => {
        if (known === asked) known = undefined
      })
      return asked
    },
    renew: async (old) => {
      const asked = known
      if ((await asked) === old && known === asked) known = undefined
    },
  }
}
