/**
 * Turns chunks of bytes into lines as .NET's ReadLine does: LF, CR and CRLF each end one, wherever the
 * chunks are cut. A lone CR matters: what follows it is the start of a line to the command parser.
 */
export function createLineSplitter(onLine: (line: string) => void): {
  write(chunk: Buffer): void
  end(): void
} {
  const decoder = new TextDecoder()
  let rest = ''
  let skipLineFeed = false
  const take = (text: string) => {
    const fresh = skipLineFeed && text.startsWith('\n') ? text.slice(1) : text
    if (text !== '') skipLineFeed = text.endsWith('\r')
    const lines = (rest + fresh).split(/\r\n|\r|\n/)
    rest = lines.pop() ?? ''
    for (const line of lines) onLine(line)
  }
  return {
    write: (chunk) => take(decoder.decode(chunk, { stream: true })),
    end() {
      take(decoder.decode())
      if (rest !== '') onLine(rest)
      rest = ''
    },
  }
}
