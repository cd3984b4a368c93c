import { Expected } from './expected.ts'

const UNITS: Readonly<Record<string, number>> = {
  B: 1,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
}

/** `8MiB`, `1.5GB`, `512B` -> bytes. The unit is needed and its case counts: MB is 10^6, MiB is 2^20. */
export function parseSize(text: string): number {
  const match = /^(\d+(?:\.\d+)?) ?([A-Za-z]+)$/.exec(text)
  const factor = UNITS[match?.[2] ?? '']
  const bytes = Math.round(Number(match?.[1]) * (factor ?? Number.NaN))
  if (!Number.isSafeInteger(bytes)) throw new Expected('a size such as 8MiB, 1.5GB or 512B')
  return bytes
}

/** Bytes as a person says them, in powers of ten as storage is sold: `18.2 MB`. */
export function formatSize(bytes: number): string {
  if (bytes < 1e3) return `${bytes} B`
  // The bounds are where rounding reaches the next unit.
  if (bytes < 999_950) return `${(bytes / 1e3).toFixed(1)} kB`
  if (bytes < 999_950_000) return `${(bytes / 1e6).toFixed(1)} MB`
  return `${(bytes / 1e9).toFixed(2)} GB`
}
