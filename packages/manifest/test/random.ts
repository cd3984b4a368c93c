type Plain = string | number | Plain[] | { [key: string]: Plain }

/** Numbers that look random and are the same for the same seed (Mulberry32): a whole file takes hundreds of them. */
export class Dice {
  #state: number

  constructor(seed: number) {
    this.#state = seed
  }

  /** From 1 to `most`. */
  upTo(most: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let bits = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits
    return 1 + (((bits ^ (bits >>> 14)) >>> 0) % most)
  }

  oneIn(many: number): boolean {
    return this.upTo(many) === many
  }

  oneOf<Item>(items: readonly [Item, ...Item[]]): Item {
    return items[this.upTo(items.length) - 1] ?? items[0]
  }
}

/**
 * A file of Kubernetes objects in which nearly everything is random: what stands in them, the style of every value and
 * collection, comments, and anchors, aliases and merge keys anywhere.
 */
export class RandomManifest {
  readonly #dice: Dice
  readonly #isShared: boolean
  /** What an alias may repeat: anchored nodes that have ended. */
  readonly #anchors: { readonly name: string; readonly isMap: boolean }[] = []
  #names = 0

  /** @param isShared with anchors, aliases and merge keys */
  constructor(dice: Dice, isShared: boolean) {
    this.#dice = dice
    this.#isShared = isShared
  }

  text(): string {
    return this.#file(Array.from({ length: this.#dice.upTo(3) }, () => this.#document()))
  }

  /** One document that says this. */
  textOf(value: Plain): string {
    return this.#file([value])
  }

  #file(documents: readonly Plain[]): string {
    const texts = documents.map((document) => {
      // An alias repeats nodes of its own document only.
      this.#anchors.length = 0
      return `${this.#notes(0)}${this.#block(document, 0).replace(/^\n/, '')}\n`
    })
    const text = texts.join('---\n')
    const lines = this.#dice.oneIn(4) ? text.replaceAll('\n', '\r\n') : text
    const whole = this.#dice.oneIn(4) ? lines.trimEnd() : lines
    return this.#dice.oneIn(4) ? `\ufeff${whole}` : whole
  }

  #document(): Plain {
    if (this.#dice.oneIn(4)) return { kind: 'ConfigMap', metadata: { name: 'c' }, data: { image: 'r/x:1' } }
    if (this.#dice.oneIn(3))
      return {
        kind: 'List',
        apiVersion: 'v1',
        items: Array.from({ length: this.#dice.upTo(3) }, () => this.#service()),
      }
    return this.#service()
  }

  #service(): Plain {
    const components = ['predictor', 'transformer', 'explainer'].slice(0, this.#dice.upTo(3))
    return {
      apiVersion: 'serving.kserve.io/v1beta1',
      kind: 'InferenceService',
      metadata: {
        name: this.#name(),
        ...(this.#dice.oneIn(2) ? { annotations: { a: `w${this.#dice.upTo(50)}` } } : {}),
      },
      spec: Object.fromEntries(components.map((name) => [name, this.#component()])),
    }
  }

  #component(): Plain {
    if (this.#dice.oneIn(3))
      return {
        minReplicas: 1,
        model: { image: `r/m:v${this.#dice.upTo(50)}`, storageUri: `s3://m/${this.#dice.upTo(50)}/` },
      }
    return {
      containers: Array.from({ length: this.#dice.upTo(3) }, () => this.#container()),
      more: [[1, 'x'], { a: 'b' }],
    }
  }

  #container(): Plain {
    const env = [
      { name: 'STORAGE_URI', value: `s3://m/${this.#dice.upTo(50)}/` },
      { name: 'OTHER', value: `w${this.#dice.upTo(50)}` },
    ]
    return {
      name: this.#name(),
      image: `r/m:v${this.#dice.upTo(50)}`,
      ...(this.#dice.oneIn(2) ? { env: env.slice(0, this.#dice.upTo(2)) } : {}),
    }
  }

  #name(): string {
    this.#names += 1
    return `n${this.#names}`
  }

  /** What stands behind `key:` or `-`, in block style where that is possible. */
  #block(value: Plain, column: number): string {
    const alias = this.#alias()
    if (alias !== undefined) return ` ${alias}`
    if (typeof value !== 'object' || this.#dice.oneIn(5)) {
      const inline = this.#flow(value)
      return ` ${inline}${this.#dice.oneIn(4) ? '  # note' : ''}`
    }
    const anchor = this.#anchor()
    const pad = ' '.repeat(column)
    const step = this.#dice.upTo(4)
    const lines = Array.isArray(value)
      ? value.map((item) => `\n${this.#notes(column)}${pad}-${this.#item(item, column)}`)
      : Object.entries(value).map(
          ([key, child]) =>
            `\n${this.#notes(column)}${pad}${this.#key(key)}:${this.#block(child, column + step)}`,
        )
    const merged = Array.isArray(value) ? '' : this.#merge((source) => `\n${pad}<<: ${source}`)
    this.#end(anchor, !Array.isArray(value))
    return `${anchor === undefined ? '' : ` &${anchor}`}${lines.join('')}${merged}`
  }

  /** The first key of a list's item may share its line with the `-`. */
  #item(item: Plain, column: number): string {
    const text = this.#block(item, column + 2)
    const lead = `\n${' '.repeat(column + 2)}`
    return text.startsWith(lead) && !/^\s*#/.test(text) && this.#dice.oneIn(2)
      ? ` ${text.slice(lead.length)}`
      : text
  }

  #flow(value: Plain): string {
    const alias = this.#alias()
    if (alias !== undefined) return `${alias} `
    const anchor = this.#anchor()
    const text = this.#inline(value)
    this.#end(anchor, typeof value === 'object' && !Array.isArray(value))
    return `${anchor === undefined ? '' : `&${anchor} `}${text}`
  }

  #inline(value: Plain): string {
    if (typeof value === 'number') return String(value)
    const gap = this.#dice.oneIn(3) ? '  ' : ''
    if (typeof value === 'string')
      return this.#dice.oneOf([value, value, `'${value}'`, JSON.stringify(value)])
    if (Array.isArray(value)) return `[${gap}${value.map((item) => this.#flow(item)).join(', ')}${gap}]`
    const entries = Object.entries(value).map(([key, child]) => `${this.#key(key)}: ${this.#flow(child)}`)
    return `{${gap}${entries.join(', ')}${this.#merge((source) => `, <<: ${source} `)}${gap}}`
  }

  #key(key: string): string {
    return this.#dice.oneIn(8) ? JSON.stringify(key) : key
  }

  #notes(column: number): string {
    return this.#dice.oneIn(6) ? `${' '.repeat(column)}# note: *x\n` : ''
  }

  #anchor(): string | undefined {
    if (!this.#isShared || !this.#dice.oneIn(5)) return undefined
    // Some names come again, which is allowed: an alias repeats the last one before it.
    return this.#dice.oneOf(['a', 'b', 'c', 'd', 'e', 'f'])
  }

  #end(name: string | undefined, isMap: boolean): void {
    if (name !== undefined) this.#anchors.push({ name, isMap })
  }

  #alias(): string | undefined {
    const [first, ...others] = this.#anchors
    if (first === undefined || !this.#dice.oneIn(12)) return undefined
    return `*${this.#dice.oneOf([first, ...others]).name}`
  }

  #merge(write: (source: string) => string): string {
    const last = this.#anchors.at(-1)
    if (last === undefined || !last.isMap || !this.#dice.oneIn(4)) return ''
    return write(`*${last.name}`)
  }
}
