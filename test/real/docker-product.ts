import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

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
  'Layers.Dockerfile': `FROM scratch
COPY sh /bin/sh
COPY sh /bin/busybox
COPY layers/ /data/
RUN --network=none busybox rm -r /data/gone.txt /data/replaced && \\
    busybox mkdir /data/replaced && echo new > /data/replaced/new.txt && \\
    busybox ln -s kept.txt /data/near && busybox ln -s /data/kept.txt /data/far && \\
    busybox ln -s data /alias && busybox ln /data/kept.txt /data/same && busybox chmod 755 /data/kept.txt
RUN --network=none echo late > /alias/late.txt && busybox rm /data/near && echo file > /data/near
WORKDIR /app
COPY model.txt .
`,
  'layers/kept.txt': 'kept',
  'layers/gone.txt': 'gone',
  'layers/replaced/old.txt': 'old',
  'layers/deep/ünï/file.txt': 'deep',
}

/** @param root where busybox is unpacked */
export function writeProduct(workspace: string, root: string): void {
  mkdirSync(workspace, { recursive: true })
  const busybox = ['bin/busybox', 'usr/bin/busybox'].map((path) => join(root, path)).find(existsSync)
  if (busybox === undefined) throw new Error(`no busybox below ${root}`)
  copyFileSync(busybox, join(workspace, 'sh'))
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(workspace, name)), { recursive: true })
    writeFileSync(join(workspace, name), text)
  }
}
