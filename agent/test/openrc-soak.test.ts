// The service on a real OpenRC: installed, supervised, started anew when it dies, and gone. Long, for root on a Debian with
// systemd-nspawn, a way to Debian's packages and what `npm run package` has made: VIGIE_SOAK=1.
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { place, startHub } from './agent-process.ts'
import { canBoot, openRcMachine } from './booted-machine.ts'

const ROUNDS = 3
const EXECUTABLE = fileURLToPath(
  new URL(`../../dist/vigie-agent-linux-${process.arch}`, import.meta.url),
)
const isPossible = canBoot('apt-get', 'dpkg-deb')

/** What installing could leave. */
const INVENTORY = [
  'find /etc /usr/local /opt /home -xdev -not -path "/etc/*-"',
  '\\( -type d -printf "%p %m %u %g\\n" -o -printf "%p %m %u %g %y %s\\n" \\) | sort;',
  'find /var/lib /var/log /run -maxdepth 1 -name "*vigie*" | sort;',
  'rc-update show -v; cat /etc/passwd /etc/group /etc/shadow',
].join(' ')

/** Paths of the packages of OpenRC; none where they cannot be had. */
async function openRcPackages(): Promise<string[]> {
  const folder = await place()
  spawnSync('apt-get', ['download', '-q', 'openrc', 'librc1', 'libeinfo1'], {
    cwd: folder,
    timeout: 60_000,
  })
  return readdirSync(folder).map((name) => join(folder, name))
}

it.runIf(isPossible)(
  `OpenRC runs it, starts it anew when it dies, and has nothing of it after ${ROUNDS} times`,
  { timeout: 600_000 },
  async ({ skip }) => {
    expect(existsSync(EXECUTABLE), `${EXECUTABLE}: npm run package`).toBe(true)
    const packages = await openRcPackages()
    skip(packages.length < 3, 'the packages of OpenRC could not be had')
    const hub = await startHub()
    const { folder, run } = await openRcMachine(packages)
    copyFileSync(EXECUTABLE, join(folder, 'root/opt/vigie-agent'))
    const done = async (command: string): Promise<void> => {
      const { status, out, err } = await run(command)
      expect(status, `${command}\n${out}${err}`).toBe(0)
    }
    const before = (await run(INVENTORY)).out
    expect(before).toContain('/opt/vigie-agent 755 root root f')
    const pidOf = async () => (await run('pgrep -xf "/usr/local/bin/vigie-agent run"')).out.trim()

    for (let round = 1; round <= ROUNDS; round++) {
      await done(`/opt/vigie-agent install ${hub.address} ${hub.token}`)
      await hub.moreFrames(2)
      await done('rc-service vigie-agent status')
      const status = await run('/usr/local/bin/vigie-agent status')
      expect(status.out).toMatch(/^vigie-agent runs since .* \(service: started, pid \d+\)$/m)
      const pid = await pidOf()
      expect((await run(`stat -c %U /proc/${pid}`)).out).toBe('vigie-agent\n')
      expect((await run(`grep NoNewPrivs /proc/${pid}/status`)).out).toMatch(/1$/m)

      // Whatever ends it, its supervisor starts it anew.
      await run(`kill -9 ${pid}`)
      await expect.poll(pidOf, { timeout: 30_000, interval: 500 }).toMatch(/^\d+$/)
      expect(await pidOf()).not.toBe(pid)
      await hub.moreFrames(2)
      await done('rc-service vigie-agent stop')
      await expect.poll(pidOf, { timeout: 20_000 }).toBe('')
      expect((await run('/usr/local/bin/vigie-agent status')).status).toBe(3)
      await done('rc-service vigie-agent start')
      await hub.moreFrames(2)

      expect(await run('/usr/local/bin/vigie-agent uninstall')).toMatchObject({
        status: 0,
        err: '',
      })
      expect(await pidOf()).toBe('')
      expect((await run(INVENTORY)).out).toBe(before)
    }
  },
)
