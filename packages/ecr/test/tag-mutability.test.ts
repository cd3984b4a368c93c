import { describe, expect, test } from '@jest/globals'
import { tagsToPut } from '../src/put-image.ts'
import { isImmutableIn } from '../src/tag-mutability.ts'

const filters = (...all: readonly string[]) => ({
  imageTagMutabilityExclusionFilters: all.map((filter) => ({ filterType: 'WILDCARD' as const, filter })),
})

describe('a tag is immutable', () => {
  const table = [
    ['nowhere in a repository that says nothing', {}, 'v1', false],
    ['nowhere in a mutable one', { imageTagMutability: 'MUTABLE' }, 'v1', false],
    ['everywhere in an immutable one', { imageTagMutability: 'IMMUTABLE' }, 'v1', true],
    [
      'unless excluded',
      { imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION', ...filters('a', 'v*') },
      'v1',
      false,
    ],
    [
      'where no filter is of it',
      { imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION', ...filters('v*') },
      'w1',
      true,
    ],
    [
      'where excluded from moving',
      { imageTagMutability: 'MUTABLE_WITH_EXCLUSION', ...filters('v*') },
      'v1',
      true,
    ],
    ['but not beside that', { imageTagMutability: 'MUTABLE_WITH_EXCLUSION', ...filters('v*') }, 'w1', false],
    ['by the whole name', { imageTagMutability: 'MUTABLE_WITH_EXCLUSION', ...filters('v') }, 'v1', false],
    [
      'by its letters',
      { imageTagMutability: 'MUTABLE_WITH_EXCLUSION', ...filters('1.0-*') },
      '1x0-rc',
      false,
    ],
    [
      'by a filter with dots',
      { imageTagMutability: 'MUTABLE_WITH_EXCLUSION', ...filters('1.*-r*') },
      '1.0-rc',
      true,
    ],
  ] as const
  test.each(table)('%s', (_, repository, tag, want) => {
    expect(isImmutableIn(repository)(tag)).toBe(want)
  })
})

describe('tags are put', () => {
  const before = new Map([
    ['latest', 'sha256:a'],
    ['v1', 'sha256:a'],
    ['here', 'sha256:b'],
  ])

  test('the immutable ones first, then those that move, then the free ones, and not where the image is already', () => {
    const tags = ['free', 'latest', 'here', 'v1', 'other']
    const order = tagsToPut(tags, 'sha256:b', before, (tag) => tag === 'v1' || tag === 'other')
    expect(order).toEqual(['v1', 'latest', 'free', 'other'])
  })

  test('all of them where nobody knows the image yet', () => {
    expect(tagsToPut(['free', 'here'], undefined, before)).toEqual(['here', 'free'])
  })
})
