import { expect, test } from '@jest/globals'
import { isPlainStore, parseBuilder } from '../src/index.ts'

test.each([
  // buildx 0.29.1 with Docker Engine 26.1.5, and where that cannot be reached
  [
    'Name:   default\nDriver: docker\n\nNodes:\nName:             default\nEndpoint:         default\n',
    'default',
    'docker',
  ],
  ['Name:          default\nDriver:        \nLast Activity: 2026-11-28\nError: x\n', 'default', ''],
  // docker/buildx docs/reference/buildx_inspect.md
  ['Name:          big\nDriver:        docker-container\nNodes:\nName: big0\n', 'big', 'docker-container'],
  ['', '', ''],
])('%j', (text, name, driver) => expect(parseBuilder(text)).toEqual({ name, driver }))

test.each([
  ['[["driver-type","io.containerd.snapshotter.v1"]]\n', false],
  ['[["Backing Filesystem","extfs"],["Supports d_type","true"]]\n', true],
  ['null\n', false],
  ['', false],
])('a daemon that says %j has an image store of its own: %s', (json, plain) =>
  expect(isPlainStore(json)).toBe(plain),
)
