// The service on a real systemd, as a machine boots it: a container on an overlay of this machine's files, so that nothing
// here is touched. Long, and for root on a Linux with systemd-nspawn: VIGIE_SOAK=1.
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { startHub } from './agent-process.ts'
import { bootedMachine, canBoot } from './booted-machine.ts'

const ROUNDS = 20
const EXECUTABLE = fileURLToPath(
  new URL(`../../dist/vigie-agent-linux-${process.arch}`, import.meta.url),
)
const isPossible = canBoot()

/** What installing could leave: files with their modes, directories of data, users, units. */
const INVENTORY = [
  'find /etc /usr/local /opt /home -xdev -not -path "/etc/*-"',
  '\\( -type d -printf "%p %m %u %g\\n" -o -printf "%p %m %u %g %y %s\\n" \\) | sort;',
  'find /var/lib /var/log /run -maxdepth 1 -printf "%p %m %u %g\\n" | sort;',
  'systemctl list-unit-files --no-pager --plain --no-legend; cat /etc/passwd /etc/group /etc/shadow',
].join(' ')

it.runIf(isPossible)(
  `installed and uninstalled ${ROUNDS} times, the machine is as it was`,
  { timeout: 1_500_000 },
  async () => {
    expect(existsSync(EXECUTABLE), `${EXECUTABLE}: npm run package`).toBe(true)
    const hub = await startHub()
    const { folder, run } = await bootedMachine()
    const program = join(folder, 'root/opt/vigie-agent')
    copyFileSync(EXECUTABLE, program)
    const before = (await run(INVENTORY)).out
    expect(before).toContain('/opt/vigie-agent 755 root root f')

    for (let round = 1; round <= ROUNDS; round++) {
      const installed = await run(`/opt/vigie-agent install ${hub.address} ${hub.token}`)
      expect(installed).toMatchObject({
        status: 0,
        err: expect.not.stringContaining('fail') as string,
      })
      await hub.moreFrames(2)
      if (round === 1) {
        const unit = await run(
          'systemctl show vigie-agent -p User,Type,StatusText,NRestarts,ActiveState',
        )
        expect(unit.out).toMatch(/^User=vigie-agent$/m)
        expect(unit.out).toMatch(/^ActiveState=active$/m)
        expect((await run('/usr/local/bin/vigie-agent status')).status).toBe(0)
        // Again it is an upgrade in place: the same host, another process.
        const pid = (await run('systemctl show vigie-agent -p MainPID --value')).out
        const identity = (await run('cat /var/lib/vigie-agent/identity.json')).out
        const authority = `"/opt/Ops' \\"own\\"\\\\/\\$HOME.pem"`
        const again = await run(`NODE_EXTRA_CA_CERTS=${authority} /opt/vigie-agent install`)
        expect(again).toMatchObject({ status: 0 })
        const kept = await run(
          'tr "\\0" "\\n" < /proc/$(systemctl show vigie-agent -p MainPID --value)/environ',
        )
        expect(kept.out).toContain(`\nNODE_EXTRA_CA_CERTS=/opt/Ops' "own"\\/$HOME.pem\n`)
        expect((await run('cat /var/lib/vigie-agent/identity.json')).out).toBe(identity)
        expect((await run('systemctl show vigie-agent -p MainPID --value')).out).not.toBe(pid)
        // What root joins anew is the service's own.
        expect(
          await run(`/opt/vigie-agent join ${hub.address} ${hub.token} --force`),
        ).toMatchObject({
          status: 0,
        })
        expect((await run('stat -c "%U %a" /var/lib/vigie-agent/identity.json')).out).toBe(
          'vigie-agent 600\n',
        )
        expect((await run('systemctl restart vigie-agent')).status).toBe(0)
        await hub.moreFrames(2)
        expect((await run('cat /var/lib/vigie-agent/identity.json')).out).not.toBe(identity)
        // Nothing that it may not do was tried.
        expect((await run('journalctl -u vigie-agent --no-pager')).out).not.toMatch(
          /EPERM|could not be told/,
        )
      }
      expect(await run('/usr/local/bin/vigie-agent uninstall')).toMatchObject({
        status: 0,
        err: '',
      })
      expect((await run('/opt/vigie-agent status')).status).toBe(3)
      expect((await run(INVENTORY)).out).toBe(before)
    }

    // Refusals change nothing.
    const refused = await run(`/opt/vigie-agent install http://127.0.0.1:1 ${hub.token}`)
    expect(refused.status).toBe(1)
    expect(refused.err).toMatch(/^vigie-agent: no hub at .*\n/)
    expect((await run('/opt/vigie-agent install')).status).toBe(2)
    expect((await run(`setpriv --reuid 65534 --clear-groups /opt/vigie-agent install`)).err).toBe(
      'vigie-agent: only root can do that; run: sudo vigie-agent install\n',
    )
    expect((await run(INVENTORY)).out).toBe(before)
  },
)

it.runIf(isPossible)(
  'a daemon that hangs is started anew by the watchdog',
  { timeout: 600_000 },
  async () => {
    const hub = await startHub()
    const { folder, run } = await bootedMachine()
    copyFileSync(EXECUTABLE, join(folder, 'root/opt/vigie-agent'))
    const drop = join(folder, 'root/etc/systemd/system/vigie-agent.service.d')
    mkdirSync(drop, { recursive: true })
    writeFileSync(join(drop, 'hasty.conf'), '[Service]\nWatchdogSec=6s\nRestartSec=1s\n')
    expect((await run(`/opt/vigie-agent install ${hub.address} ${hub.token}`)).status).toBe(0)
    const restarts = async () =>
      (await run('systemctl show vigie-agent -p NRestarts --value')).out.trim()
    // Well for three times the watchdog's patience.
    await hub.moreFrames(19)
    expect(await restarts()).toBe('0')
    await run('kill -STOP "$(systemctl show vigie-agent -p MainPID --value)"')
    await expect.poll(restarts, { timeout: 60_000, interval: 1_000 }).toBe('1')
    const hellos = hub.ofType('hello').length
    await hub.until(() => hub.ofType('hello').length >= hellos)
    await run('/opt/vigie-agent uninstall')
  },
)
