import { md5Token, type Recorded } from './dvc-file-edit.wire.ts'
import { quoteYaml } from './yaml-quote.ts'

/**
 * The text of a new `.dvc` file, byte for byte what `dvc add` writes (dvc/stage/utils.py, get_dump).
 * @param name the output's path from the folder of the file
 */
export function formatDvcFile(name: string, { oid, size, nfiles, isexec }: Recorded): string {
  const lines = [
    `md5: ${md5Token(oid)}`,
    `size: ${size}`,
    ...(nfiles === undefined ? [] : [`nfiles: ${nfiles}`]),
    ...(isexec ? ['isexec: true'] : []),
    'hash: md5',
    `path: ${pathScalar(name)}`,
  ]
  return `outs:\n- ${lines.join('\n  ')}\n`
}

/** Characters of a line (ruamel.yaml, `best_width`). */
const WIDTH = 80

/** A single word that is longer than a line gets one of its own (ruamel.yaml, emitter.py, `write_plain`). */
function pathScalar(name: string): string {
  const scalar = quoteYaml(name)
  const isWord = scalar === name && !name.includes(' ')
  return isWord && [...name].length > WIDTH ? `\n    ${scalar}` : scalar
}
