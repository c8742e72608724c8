// Owns a real nginx in front of a hub for the browser tests: the block of docs/reverse-proxy.md, on a port of its own.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const tls = join(root, 'hub/test/fixtures/tls')

/** Signed itself, for localhost. */
export const PROXY_CERTIFICATE = join(tls, 'first.pem')
export const nginx = process.env.VIGIE_NGINX ?? '/usr/sbin/nginx'
export const hasNginx = nginx !== '' && existsSync(nginx)

/** A port that was free a moment ago: the hub has to know the proxy's address before the proxy knows the hub's. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** The block of the docs in a language. */
export async function documented(language: string): Promise<string> {
  const docs = await readFile(join(root, 'docs/reverse-proxy.md'), 'utf8')
  const [, block] = new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(docs) ?? []
  if (block === undefined) throw new Error(`docs/reverse-proxy.md has no block of ${language}`)
  return block
}

/** `hub` is where the hub listens. Resolves with how to end it, once it takes connections. */
export async function startNginx(hub: string, port: number): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-nginx-'))
  const block = (await documented('nginx'))
    .replace('127.0.0.1:4280', new URL(hub).host)
    .replace('listen 443', `listen 127.0.0.1:${port}`)
    .replace('example.org;', 'localhost;')
    .replace(/ssl_certificate .*/, `ssl_certificate ${PROXY_CERTIFICATE};`)
    .replace(/ssl_certificate_key .*/, `ssl_certificate_key ${join(tls, 'first.key')};`)
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join('\n')
  const isRoot = process.getuid?.() === 0
  await writeFile(
    join(folder, 'nginx.conf'),
    `${isRoot ? 'user root;' : ''} pid ${folder}/pid; worker_processes 1; daemon off;
events {} http { access_log off; ${temporary}\n${block}}`,
  )
  const child = spawn(nginx, ['-p', folder, '-e', 'stderr', '-c', join(folder, 'nginx.conf')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = once(child, 'exit')
  while (!(await isOpen(port))) {
    if (child.exitCode !== null) throw new Error(`nginx ended with ${child.exitCode}`)
    await pause(50)
  }
  return async () => {
    child.kill('SIGTERM')
    await ended
    await rm(folder, { recursive: true, force: true })
  }
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
