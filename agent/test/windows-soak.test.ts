// The service on a Windows: the executable of `npm run package -- --target win-x64` in Wine, whose service control manager, file
// names and locks of files that run are as Windows has them. Access rights are not: icacls does nothing there, and programs
// run as who started Wine. Long, for root on a Debian with systemd-nspawn and debootstrap: VIGIE_SOAK=1.
import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { place, startHub } from './agent-process.ts'
import { canBoot, windowsMachine } from './booted-machine.ts'

const ROUNDS = 20
const EXECUTABLE = fileURLToPath(new URL('../../dist/vigie-agent-win-x64.exe', import.meta.url))
const isPossible = canBoot('debootstrap')

const INSTALLED = "wine 'C:\\Program Files\\Vigie\\vigie-agent.exe'"
const PROGRAMS = '/root/wine/drive_c/Program Files/Vigie'
const DATA = '/root/wine/drive_c/ProgramData/vigie-agent'
const SERVICES = 'HKLM\\SYSTEM\\CurrentControlSet\\Services'
/** What installing could leave; Windows itself writes to its own directory. */
const INVENTORY = [
  'cd /root/wine/drive_c; find . -path ./windows -prune -o -printf "%p %m %y %s\\n" | sort;',
  `wine reg query '${SERVICES}'; wine reg query 'HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Run'`,
].join(' ')

it.runIf(isPossible)(
  `Windows runs it, starts it anew when it dies, and has nothing of it after ${ROUNDS} times`,
  { timeout: 1_500_000 },
  async () => {
    expect(existsSync(EXECUTABLE), `${EXECUTABLE}: npm run package -- --target win-x64`).toBe(true)
    const hub = await startHub()
    const { folder, run } = await windowsMachine(await place())
    copyFileSync(EXECUTABLE, join(folder, 'root/opt/agent.exe'))

    const call = async (program: string, status = 0): Promise<string> => {
      const asked = await run(`${program} </dev/null >/tmp/said 2>&1; echo $?; cat /tmp/said`)
      const [first = '', ...said] = asked.out.replaceAll('\r', '').split('\n')
      expect(Number(first), `${program}\n${said.join('\n')}`).toBe(status)
      return said.join('\n')
    }
    const state = async () =>
      /STATE\s+: \d\s+(\w+)/.exec(await call('wine sc query vigie-agent'))?.[1]
    const read = async (file: string) => (await run(`cat ${DATA}/${file}`)).out
    const log = () => read('vigie-agent.log')
    const pidOf = async () => (await run('pgrep -xf ".*vigie-agent.exe run-service"')).out.trim()
    const gone = (path: string) =>
      expect.poll(async () => (await run(`test -e '${path}'`)).status, { timeout: 20_000 }).toBe(1)

    // Its registry and files of a user come with the first program that asks for them.
    await call('wine /opt/agent.exe status', 3)
    const before = (await run(INVENTORY)).out
    expect(before).toContain(`${SERVICES.replace('HKLM', 'HKEY_LOCAL_MACHINE')}\\`)

    await call('wine /opt/agent.exe install', 2)
    expect(
      await call(
        `VIGIE_AGENT_INTERVAL=7s wine /opt/agent.exe install ${hub.address} ${hub.token}`,
        2,
      ),
    ).toBe('vigie-agent: VIGIE_AGENT_INTERVAL is "7s"; allowed: 1s, 5s, 10s, 60s\n')
    expect((await run(INVENTORY)).out).toBe(before)

    for (let round = 1; round <= ROUNDS; round++) {
      await call(`wine /opt/agent.exe install ${hub.address} ${hub.token}`)
      await hub.moreFrames(2)
      if (round === 1) {
        expect(await call(`wine reg query '${SERVICES}\\vigie-agent'`)).toMatch(
          /ImagePath\s+REG_SZ\s+"C:\\Program Files\\Vigie\\vigie-agent-service.exe"\n[^]*ObjectName\s+REG_SZ\s+NT SERVICE\\vigie-agent\n[^]*Start\s+REG_DWORD\s+0x2\n/,
        )
        expect(await call(`${INSTALLED} status`)).toMatch(
          /^vigie-agent runs since .* \(service: RUNNING, pid \d+\)$/m,
        )
        // Of a hub that answers agents only.
        expect(await call(`${INSTALLED} doctor`, 1)).toMatch(
          /^ok +identity: .*\nBAD +hub .*\n.*\nok +disk of C:\\ProgramData\\vigie-agent: /,
        )

        // Whatever ends it, its service starts it anew.
        const first = await pidOf()
        await run(`kill -9 ${first}`)
        await expect.poll(pidOf, { timeout: 30_000, interval: 500 }).toMatch(/^\d+$/)
        expect(await pidOf()).not.toBe(first)
        await hub.moreFrames(2)

        // Stopped, it has said goodbye; started, it is the same host.
        await call('wine sc stop vigie-agent')
        await expect.poll(state, { timeout: 30_000 }).toBe('STOPPED')
        expect(await log()).toMatch(/"msg":"agent stopped"\}\n$/)
        expect(await pidOf()).toBe('')
        await call(`${INSTALLED} status`, 3)
        await call('wine sc start vigie-agent')
        await hub.moreFrames(2)

        // Again it is an upgrade in place, of a program that runs, with settings for it.
        const identity = await read('identity.json')
        const second = await pidOf()
        await call('VIGIE_AGENT_INTERVAL=5s wine /opt/agent.exe install')
        await expect
          .poll(log, { timeout: 20_000 })
          .toMatch(/"intervalMs":5000,"msg":"agent started"/)
        expect(await pidOf()).not.toBe(second)
        expect(await read('identity.json')).toBe(identity)

        // What is set wrongly stays wrong until somebody sets it right.
        await call('wine sc stop vigie-agent')
        await expect.poll(state, { timeout: 30_000 }).toBe('STOPPED')
        await run(`printf %s 'VIGIE_AGENT_INTERVAL="C:\\\\$ \\"s\\""' > ${DATA}/vigie-agent.env`)
        await call('wine sc start vigie-agent')
        await expect.poll(state, { timeout: 30_000 }).toBe('STOPPED')
        expect(await log()).toMatch(
          /\nvigie-agent: VIGIE_AGENT_INTERVAL is "C:\\\$ "s""; allowed: .*\n$/,
        )
        expect(await call('wine sc query vigie-agent')).toMatch(/SERVICE_EXIT_CODE\s+: 2\s/)

        await run(`rm ${DATA}/vigie-agent.env`)
        await call(`${INSTALLED} uninstall --keep-data`)
        await gone(PROGRAMS)
        expect(await read('identity.json')).toBe(identity)
        await call('wine /opt/agent.exe install')
        await hub.moreFrames(2)
      }
      await call(`${INSTALLED} uninstall`)
      await gone(PROGRAMS)
      expect(await pidOf()).toBe('')
      expect((await run(INVENTORY)).out).toBe(before)
    }
  },
)
