import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Files of a product, and Dockerfiles that fail, read a secret and sleep. They run busybox and pull nothing. */
const FILES = {
  'model.txt': 'weights',
  Dockerfile: 'FROM scratch\nCOPY model.txt /model.txt\nENV MODEL=/model.txt\n',
  'Failing.Dockerfile':
    'FROM scratch\nCOPY sh /bin/sh\nRUN --network=none echo collecting && echo "no module named sklearn" >&2 && exit 3\n',
  'Copy.Dockerfile': 'FROM scratch\nCOPY nowhere.txt /\n',
  'Secret.Dockerfile':
    'FROM scratch\nCOPY sh /bin/sh\nRUN --network=none --mount=type=secret,id=pip read -r word < /run/secrets/pip; echo "secret has ${#word} characters"\n',
  'Sleep.Dockerfile':
    'FROM scratch\nCOPY sh /bin/sh\nCOPY sh /bin/sleep\nRUN --network=none echo sleeping now && sleep 60\n',
}

/** @param root where busybox is unpacked */
export function writeProduct(workspace: string, root: string): void {
  mkdirSync(workspace, { recursive: true })
  const busybox = ['bin/busybox', 'usr/bin/busybox'].map((path) => join(root, path)).find(existsSync)
  if (busybox === undefined) throw new Error(`no busybox below ${root}`)
  copyFileSync(busybox, join(workspace, 'sh'))
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(workspace, name), text)
}
