// Machines of their own for tests of services, that have booted systemd, OpenRC or what Wine makes of Windows: containers on an
// overlay of this machine's files, or of a Debian's that has that Wine, so that nothing here is touched. For root on a
// Linux with systemd-nspawn.
import { execFile, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished } from 'vitest'

/** Whether there can be one here: a long test, for root, with these programs besides. */
export function canBoot(...programs: readonly string[]): boolean {
  return (
    process.env['VIGIE_SOAK'] === '1' &&
    process.platform === 'linux' &&
    process.getuid?.() === 0 &&
    ['systemd-nspawn', ...programs].every((each) => spawnSync(each, ['--version']).status === 0)
  )
}

interface Boot {
  /** What its files are laid over; this machine's own unless said. */
  readonly lower?: string
  /** What is changed in its files before. */
  readonly prepare?: (root: string) => void
  /** What systemd-nspawn is to run, with its options. */
  readonly args: readonly string[]
  /** Prints `ready` when it has booted. */
  readonly ask: string
}

/** With systemd, and without a terminal, which would write to /run when it comes up. */
export function bootedMachine() {
  return bootMachine({
    args: ['-b', 'systemd.unit=multi-user.target', 'systemd.mask=console-getty.service'],
    ask: 'systemctl is-active --quiet multi-user.target && echo ready',
  })
}

/** With OpenRC from Debian's packages, which are unpacked beside what is there. */
export function openRcMachine(packages: readonly string[]) {
  return bootMachine({
    prepare(root) {
      // dpkg-deb -x would put a folder in the place of a link such as /bin.
      const unpack = 'dpkg-deb --fsys-tarfile "$1" | tar -x --keep-directory-symlink -C "$2"'
      for (const path of packages) execFileSync('sh', ['-c', unpack, 'sh', path, root])
    },
    args: ['--as-pid2', 'sh', '-c', 'openrc sysinit; openrc boot; openrc default; sleep infinity'],
    ask: '[ "$(rc-status --runlevel)" = default ] && echo ready',
  })
}

const WINE = [
  'export WINEPREFIX=/root/wine WINEDEBUG=-all DISPLAY= HOME=/root LANG=C.UTF-8 XDG_RUNTIME_DIR=/run;',
  'export PATH=/usr/sbin:/usr/bin:/sbin:/bin;',
].join(' ')

/**
 * With a Windows, as Wine 10 has it, the first one that Node 24 starts in: of the next Debian's packages, fetched each time.
 * `run` is a shell that can say `wine program`, whose standard streams have to be files; its drive C is
 * /root/wine/drive_c.
 */
export async function windowsMachine(lower: string) {
  const program = 'debootstrap'
  const args = ['--variant=minbase', '--include=wine,wine64,procps', 'trixie', lower]
  await promisify(execFile)(program, args, { timeout: 400_000, maxBuffer: 2 ** 24 })
  const { folder, run } = await bootMachine({
    lower,
    // It lasts as long as a program of it does. Windows has settings of LocalService.
    args: [
      ...['--as-pid2', 'sh', '-c'],
      `${WINE} wineboot -i; wineserver -w; wine ping -n 999999 127.0.0.1 & sleep 5; wine reg add 'HKU\\S-1-5-19' /f; touch /opt/booted; wait`,
    ],
    ask: '[ -f /opt/booted ] && echo ready',
  })
  return { folder, run: (command: string) => run(`${WINE} ${command}`) }
}

/** `run` is a shell of its root; its files are under `folder`/root. Ends with the test. */
async function bootMachine({ lower = '/', prepare, args, ask }: Boot) {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-machine-'))
  execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', folder])
  for (const name of ['upper', 'work', 'root']) mkdirSync(join(folder, name))
  const layers = `lowerdir=${lower},upperdir=${folder}/upper,workdir=${folder}/work`
  execFileSync('mount', ['-t', 'overlay', 'overlay', '-o', layers, `${folder}/root`])
  prepare?.(join(folder, 'root'))
  const container = spawn(
    'systemd-nspawn',
    [
      ...['-q', '-D', `${folder}/root`, '--register=no', '--keep-unit', '--link-journal=no'],
      ...['-M', `vigie-${process.pid}`, ...args],
    ],
    { stdio: 'ignore', env: { ...process.env, SYSTEMD_NSPAWN_UNIFIED_HIERARCHY: '1' } },
  )
  const ended = once(container, 'exit')
  onTestFinished(async () => {
    // nspawn ends with the init that it started.
    container.kill('SIGTERM')
    await ended
    execFileSync('umount', ['-l', `${folder}/root`, folder])
    rmdirSync(folder)
  }, 120_000)
  const leader = () => {
    const found = spawnSync('pgrep', ['-P', String(container.pid)], { encoding: 'utf8' }).stdout
    return found.trim().split('\n')[0] ?? ''
  }
  // Not in this process's place: the hub that the machine joins is in it.
  const run = (command: string) => {
    const entering = ['-t', leader(), '-a', 'sh', '-c', `cd /; ${command}`]
    const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
    const options = { env: { PATH }, timeout: 120_000, maxBuffer: 64 * 2 ** 20 }
    return new Promise<{ status: number; out: string; err: string }>((resolve) => {
      execFile('nsenter', entering, options, (cause, out, err) => {
        const status = cause ? (typeof cause.code === 'number' ? cause.code : -1) : 0
        resolve({ status, out, err })
      })
    })
  }
  const options = { timeout: 90_000, interval: 500 }
  await expect
    .poll(async () => leader() !== '' && (await run(ask)).out.trim(), options)
    .toBe('ready')
  return { folder, run }
}
