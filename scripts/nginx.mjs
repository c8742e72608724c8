// Owns which nginx the tests of a reverse proxy use: the system's, else Debian's package beside it, which is not installed
// and so starts no service.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './install.mjs'

const place = join(root, 'node_modules/.cache/nginx')
const places = ['/usr/sbin/nginx', '/usr/local/bin/nginx', join(place, 'usr/sbin/nginx')]

/** Path of an nginx; '' when there is none and none can be had: what needs it is skipped. */
export function ensureNginx() {
  const given = process.env.VIGIE_NGINX
  if (given) return given
  const found = places.find((path) => existsSync(path))
  if (found) return found
  if (existsSync('/usr/bin/apt-get')) {
    mkdirSync(place, { recursive: true })
    run('apt-get', ['download', 'nginx'])
    const packed = readdirSync(place).find((name) => name.endsWith('.deb'))
    if (packed) run('dpkg-deb', ['--extract', packed, '.'])
  }
  const path = places.find((each) => existsSync(each) && run(each, ['-v']))
  if (!path) process.stderr.write('No nginx: the tests behind a real one are skipped.\n')
  return path ?? ''
}

function run(command, args) {
  const options = { cwd: place, stdio: ['ignore', 'ignore', 'ignore'], timeout: 120_000 }
  return spawnSync(command, args, options).status === 0
}
