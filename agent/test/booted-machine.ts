// Machines of their own for tests of services, that have booted systemd or OpenRC: containers on an overlay of this machine's files,
// so that nothing here is touched. For root on a Linux with systemd-nspawn.
import { execFile, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
  /** What is changed in its files before. */
  readonly prepare?: (root: string) => void
  /** What systemd-nspawn is to run, with its options. */
  readonly args: readonly string[]
  /** Prints `ready` when it has booted. */
  readonly ask: string
}

/** With systemd. */
export function bootedMachine() {
  return bootMachine({
    args: ['-b', 'systemd.unit=multi-user.target'],
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

/** `run` is a shell of its root; its files are under `folder`/root. Ends with the test. */
async function bootMachine({ prepare, args, ask }: Boot) {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-machine-'))
  execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', folder])
  for (const name of ['upper', 'work', 'root']) mkdirSync(join(folder, name))
  const layers = `lowerdir=/,upperdir=${folder}/upper,workdir=${folder}/work`
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
