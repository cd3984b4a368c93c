/** A job, told apart by its kind; the answer has the same `id`. Buffers travel to the worker and back, uncopied. */
export type HashJob =
  | { readonly kind: 'files'; readonly files: readonly FileToHash[] }
  | { readonly kind: 'sizes'; readonly paths: readonly string[] }
  | { readonly kind: 'bytes'; readonly bytes: ArrayBuffer; readonly length: number }
  | { readonly kind: 'open'; readonly reading: number; readonly file: FileToHash }
  | {
      readonly kind: 'read'
      readonly reading: number
      readonly bytes: ArrayBuffer
      readonly length: number
      readonly sum: PartSum
    }
  | { readonly kind: 'load'; readonly file: FileToHash; readonly bytes: ArrayBuffer }
  | { readonly kind: 'skip'; readonly reading: number; readonly to: number }
  | { readonly kind: 'finish'; readonly reading: number }
  | { readonly kind: 'close'; readonly reading: number }
  | { readonly kind: 'write'; readonly path: string; readonly bytes: ArrayBuffer }

export interface FileToHash {
  readonly path: string
  readonly name: 'md5' | 'md5-dos2unix'
}

/** Which sum of a part is wanted beside the hash of the whole file. */
export type PartSum = 'md5' | 'crc32' | 'none'

/** The answer to a job; `trouble` is what the file system said. */
export interface HashAnswer {
  readonly files?: readonly (HashedFile | FileTrouble)[]
  readonly sizes?: readonly (number | undefined)[]
  readonly trouble?: FileTrouble['trouble']
  readonly bytes?: ArrayBuffer
  /** Bytes that are in the buffer: fewer than it holds only at the end of the file. */
  readonly length?: number
  /** Lower-case hex for MD5; Base64 of the big-endian value for CRC32, as S3 writes it. */
  readonly sum?: string
  readonly md5?: string
  readonly size?: number
}

export interface HashedFile {
  readonly md5: string
  /** Bytes read. */
  readonly size: number
}

export interface FileTrouble {
  readonly trouble: { readonly code: string; readonly syscall: string | undefined; readonly message: string }
}
