// What the service manager is told, by a socket of the kind that systemd has, where its program is there to send it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { startSupervision } from './supervision.ts'

const warnings: string[] = []
const log = { warn: (_: object, words: string) => void warnings.push(words) }

it('says nothing where no manager waits for word', () => {
  const environment = { WATCHDOG_USEC: '30' }
  const checkDatabase = () => Promise.reject(new Error('it is asked'))
  startSupervision({ environment, checkDatabase, log }).stopping()
  expect(warnings).toEqual([])
})

// Node has no datagram sockets of this kind: Python's stand in for systemd's.
const LISTEN = `
import socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); s.bind(sys.argv[1]); print("bound", flush=True)
while True: print(s.recv(4096).decode().replace("\\n", " "), flush=True)`
const canListen = existsSync('/usr/bin/systemd-notify') && existsSync('/usr/bin/python3')

it.runIf(canListen)('is ready, alive as long as its database answers, and stopping', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-notify-'))
  const socket = join(folder, 'notify')
  const manager = spawn('/usr/bin/python3', ['-c', LISTEN, socket])
  onTestFinished(() => {
    manager.kill()
    rmSync(folder, { recursive: true, force: true })
  })
  let said = ''
  manager.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
  const hears = async (words: RegExp): Promise<void> => {
    while (!words.test(said)) await once(manager.stdout, 'data')
  }
  await hears(/bound/)
  let answers = true
  const environment = { NOTIFY_SOCKET: socket, WATCHDOG_USEC: '300000' }
  const checkDatabase = () => (answers ? Promise.resolve() : Promise.reject(new Error('locked')))
  const supervision = startSupervision({ environment, checkDatabase, log })
  // What it starts cannot speak for it.
  expect(environment).not.toHaveProperty('NOTIFY_SOCKET')
  await hears(/READY=1/)
  await hears(/WATCHDOG=1/)
  answers = false
  await expect.poll(() => warnings.join()).toContain('the database does not answer')
  supervision.stopping()
  await hears(/STOPPING=1/)
})
