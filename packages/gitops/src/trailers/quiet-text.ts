const ZERO_WIDTH_SPACE = '\u200b'

/** With one of these before a reference an issue is closed: "Linking a pull request to an issue" in GitHub's documentation. */
const CLOSING = 'close[sd]?|fix(?:e[sd])?|resolve[sd]?'
/** With these no workflow is run: "Skipping workflow runs" there. */
const SKIPPING = 'skip ci|ci skip|no ci|skip actions|actions skip'

const CLOSING_WORD = new RegExp(`(?:${CLOSING})(?=:?\\s)`, 'gi')
const CLOSING_WORD_IN_JSON = new RegExp(`(?:${CLOSING})(?=:?(?:\\s|\\\\[nrt]))`, 'gi')
const SKIPPING_MARK = new RegExp(`\\[(?=(?:${SKIPPING})\\])`, 'gi')

/**
 * Text of others that GitHub would act on in a commit message: issues that it names, or closes, and people, and `[skip ci]`,
 * which keeps the checks of a pull request from being run. To people it reads the same; the `@` of an address or a digest stays.
 */
export function quietText(text: string): string {
  return text
    .replace(/#|(?<![\w.+-])@/g, `$&${ZERO_WIDTH_SPACE}`)
    .replace(/\bGH(?=-\d)/gi, `$&${ZERO_WIDTH_SPACE}`)
    .replace(CLOSING_WORD, `$&${ZERO_WIDTH_SPACE}`)
    .replace(SKIPPING_MARK, `$&${ZERO_WIDTH_SPACE}`)
}

/** The same for JSON, which stays the same to machines: no character is escaped that can belong to another escape. */
export function quietJson(json: string): string {
  return json
    .replace(/[#@]/g, escaped)
    .replace(/(?<=GH)-(?=\d)/gi, escaped)
    .replace(CLOSING_WORD_IN_JSON, (word) => `${word.slice(0, -1)}${escaped(word.slice(-1))}`)
    .replace(SKIPPING_MARK, escaped)
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
