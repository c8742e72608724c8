// The Debian packages on a machine that has booted: installed, in use, upgraded and purged, after which it is as it was.
// Long, for root on a Debian with systemd-nspawn and what `npm run package -- --deb` has made: VIGIE_SOAK=1.
import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { basename, join } from 'node:path'
import { expect, it } from 'vitest'
import { bootedMachine, canBoot } from './booted-machine.ts'

const OLDER = '0.0.1'
const DIST = join(import.meta.dirname, '../../dist')
const isPossible = canBoot('dpkg-deb')

/** What a package could leave. */
const INVENTORY = [
  'find /etc /opt /home /usr/bin /usr/share/doc /usr/lib/systemd /usr/lib/vigie -xdev -not -path "/etc/*-"',
  '-printf "%p %m %u %g %y %l\\n" 2> /dev/null | sort;',
  'find /var/lib /var/log /run -maxdepth 1 -name "*vigie*" | sort;',
  'systemctl list-unit-files --no-pager --plain --no-legend; cat /etc/passwd /etc/group /etc/shadow',
].join(' ')

/** Packs a package again as one of an older version, whose configuration had a line that the new one has not. */
function packOlder(root: string, path: string): void {
  const tree = join(root, 'opt/older')
  execFileSync('dpkg-deb', ['-R', path, tree])
  const control = join(tree, 'DEBIAN/control')
  writeFileSync(
    control,
    readFileSync(control, 'utf8').replace(/^Version: .*$/m, `Version: ${OLDER}`),
  )
  const [name = ''] = basename(path).split('_')
  if (name === 'vigie') appendFileSync(join(tree, 'etc/vigie/vigie.env'), '# Of before.\n')
  const file = join(root, `opt/older-${name}.deb`)
  execFileSync('dpkg-deb', ['--root-owner-group', '-Znone', '--build', tree, file])
  rmSync(tree, { recursive: true })
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

it.runIf(isPossible)(
  'hub and agent work as their packages put them there, and purge leaves nothing',
  { timeout: 600_000 },
  async () => {
    const { folder, run } = await bootedMachine()
    const packages = readdirSync(DIST).filter((name) => /^vigie(-agent)?_.*\.deb$/.test(name))
    expect(packages, 'npm run package -- --deb').toHaveLength(2)
    const { version } = JSON.parse(
      readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'),
    ) as { version: string }
    for (const name of packages) {
      copyFileSync(join(DIST, name), join(folder, 'root/opt', name))
      packOlder(join(folder, 'root'), join(DIST, name))
    }
    const done = async (command: string): Promise<void> => {
      const { status, out, err } = await run(command)
      expect(status, `${command}\n${out}${err}`).toBe(0)
    }
    const port = await freePort()
    const drop = join(folder, 'root/etc/systemd/system/vigie.service.d')
    mkdirSync(drop, { recursive: true })
    const settings = `VIGIE_LISTEN=127.0.0.1:${port} VIGIE_CERT_SOURCES=none`
    writeFileSync(join(drop, 'test.conf'), `[Service]\nEnvironment=${settings}\n`)
    // Images of containers forbid packages to start services.
    await run('rm -f /usr/sbin/policy-rc.d; systemctl daemon-reload')
    const before = (await run(INVENTORY)).out

    const install = 'DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends'
    await done(`${install} /opt/older-vigie.deb /opt/older-vigie-agent.deb`)
    // Packages do not wait for what they start.
    const standing = async () => (await run('systemctl is-active vigie')).out.trim()
    const said = async () => (await run('journalctl -u vigie --no-pager -o cat')).out
    await expect.poll(standing, { timeout: 60_000 }).not.toBe('activating')
    expect(await standing(), await said()).toBe('active')
    expect((await run('stat -c "%a %U:%G" /var/lib/vigie /etc/vigie/vigie.env')).out).toBe(
      '700 vigie:vigie\n640 root:vigie\n',
    )
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200)
    // There is nothing to run for yet.
    expect((await run('systemctl is-active vigie-agent')).out.trim()).toBe('inactive')

    const asHub = (command: string) => run(`runuser -u vigie -- env ${settings} vigie ${command}`)
    const { token } = JSON.parse((await asHub('enrol --json --name here')).out) as { token: string }
    const join_ = `vigie-agent join http://127.0.0.1:${port} ${token}`
    await done(`runuser -u vigie-agent -- env VIGIE_AGENT_DATA=/var/lib/vigie-agent ${join_}`)
    await done('systemctl start vigie-agent')
    const seen = async () => (await asHub('hosts --json')).out
    await expect
      .poll(seen, { timeout: 60_000, interval: 1000 })
      .toMatch(/"status": ?"(up|ok|well)"/)
    expect((await asHub('doctor')).out).not.toContain('WRONG')
    expect((await run('journalctl -u vigie -u vigie-agent --no-pager')).out).not.toMatch(
      /EPERM|could not be told|does not answer/,
    )

    // The browser of the CERT watch, with its own sandbox, in the service's confinement.
    if ((await run('command -v chromium')).status === 0) {
      const unit = readFileSync(
        join(import.meta.dirname, '../../packaging/hub/vigie.service'),
        'utf8',
      )
        .replace('Type=notify', 'Type=oneshot')
        .replace(/^(WatchdogSec|Restart|RestartSec|NotifyAccess)=.*\n/gm, '')
        .replace(
          '/usr/bin/vigie hub',
          '/usr/bin/chromium --headless --disable-gpu --dump-dom data:text/html,sandboxed',
        )
      writeFileSync(join(folder, 'root/opt/browser.service'), unit)
      const tried = await run(
        'cp /opt/browser.service /run/systemd/system/; systemctl daemon-reload; systemctl start browser; journalctl -u browser --no-pager',
      )
      expect(tried.out).toContain('<body>sandboxed</body>')
      await run(
        'rm /opt/browser.service /run/systemd/system/browser.service; systemctl daemon-reload',
      )
    }

    const kept = 'sha256sum /var/lib/vigie/hub-key.json /var/lib/vigie-agent/identity.json'
    const identities = (await run(kept)).out
    // A new version while both run: what the administrator set stays, and samples go on.
    const pids = async () => (await run('systemctl show vigie vigie-agent -p MainPID')).out
    const versions = async () =>
      (await run("dpkg-query -W -f '${Version}\\n' vigie vigie-agent")).out
    const running = await pids()
    const own = 'VIGIE_LOG_LEVEL=warn'
    await done(
      `echo ${own} >> /etc/vigie/vigie.env; echo VIGIE_AGENT_INTERVAL=1s > /etc/vigie-agent.env`,
    )
    expect(await versions()).toBe(`${OLDER}\n${OLDER}\n`)
    await done(
      `${install} -o Dpkg::Options::=--force-confold /opt/vigie_*.deb /opt/vigie-agent_*.deb`,
    )
    expect(await versions()).toBe(`${version}\n${version}\n`)
    await expect.poll(standing, { timeout: 60_000 }).toBe('active')
    expect((await run('systemctl is-active vigie vigie-agent')).out).toBe('active\nactive\n')
    const after = await pids()
    for (const line of running.split('\n').filter(Boolean)) expect(after).not.toContain(line)
    expect(
      (await run('grep -c -e "^VIGIE_LOG_LEVEL=warn" -e "^# Of before" /etc/vigie/vigie.env')).out,
    ).toBe('2\n')
    expect((await run('stat -c "%a %U:%G" /etc/vigie/vigie.env')).out).toBe('640 root:vigie\n')
    expect((await run(kept)).out).toBe(identities)
    const lastMs = async () => {
      const [host] = JSON.parse(await seen()) as { figures: { timeMs: number } | null }[]
      return host?.figures?.timeMs ?? 0
    }
    const upgradedMs = Date.now()
    await expect.poll(lastMs, { timeout: 60_000, interval: 1000 }).toBeGreaterThan(upgradedMs)
    await run('rm -f /etc/vigie-agent.env')

    await done('apt-get remove -y vigie vigie-agent')
    expect((await run(kept)).out).toBe(identities)
    expect((await run('systemctl is-active vigie')).out.trim()).toBe('inactive')
    await done('apt-get purge -y vigie vigie-agent')
    expect((await run(INVENTORY)).out).toBe(before)
  },
)
