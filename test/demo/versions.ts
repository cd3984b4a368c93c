import { servingImages } from './cluster.ts'
import type { Company } from './seed.ts'

/** `v1`, `v2`, `v3`: what people call a commit of the product, and the images that were made from it. */
export interface Versions {
  /** Commit of the product to its name. */
  readonly commits: Map<string, string>
}

export function createVersions({ commit }: Company): Versions {
  return { commits: new Map([[commit, 'v1']]) }
}

/** The version of an image by its tag or digest; the registry knows which tag a digest has. */
export function versionOf(versions: Versions, { sandbox }: Company, image: string): string {
  const { tags } = sandbox.ecr.state.registry.repositories.get('churn') ?? {}
  const digest = image.split('@')[1]
  const tag = digest === undefined ? image.split(':').at(-1) : undefined
  const names = [...(tags ?? [])].filter(([name, stored]) =>
    digest === undefined ? name === tag : stored === digest,
  )
  const [found] = names.flatMap(([name]) => versions.commits.get(name) ?? [])
  return found ?? `an image without a name (${image})`
}

/** What the ready pods are made of, in words: `v1`, or `v1 and v3` in the middle of a rollout. */
export function servingVersion(versions: Versions, company: Company): string {
  const names = servingImages(company.sandbox).map((image) => versionOf(versions, company, image))
  return names.length === 0 ? 'nothing' : [...new Set(names)].join(' and ')
}
