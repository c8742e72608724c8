// A machine that has booted systemd, for tests of services: a container on an overlay of this machine's files, so that nothing
// here is touched. For root on a Linux with systemd-nspawn.
import { execFile, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'

/** `run` is a shell of its root; its files are under `folder`/root. Ends with the test. */
export async function bootedMachine() {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-machine-'))
  execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', folder])
  for (const name of ['upper', 'work', 'root']) mkdirSync(join(folder, name))
  const layers = `lowerdir=/,upperdir=${folder}/upper,workdir=${folder}/work`
  execFileSync('mount', ['-t', 'overlay', 'overlay', '-o', layers, `${folder}/root`])
  const container = spawn(
    'systemd-nspawn',
    [
      ...['-q', '-D', `${folder}/root`, '-b', '--register=no', '--keep-unit', '--link-journal=no'],
      ...['-M', `vigie-${process.pid}`, 'systemd.unit=multi-user.target'],
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
    const args = ['-t', leader(), '-a', 'sh', '-c', `cd /; ${command}`]
    const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
    const options = { env: { PATH }, timeout: 120_000, maxBuffer: 64 * 2 ** 20 }
    return new Promise<{ status: number; out: string; err: string }>((resolve) => {
      execFile('nsenter', args, options, (cause, out, err) => {
        const status = cause ? (typeof cause.code === 'number' ? cause.code : -1) : 0
        resolve({ status, out, err })
      })
    })
  }
  await expect
    .poll(
      async () =>
        leader() !== '' && (await run('systemctl is-active multi-user.target')).out.trim(),
      {
        timeout: 90_000,
        interval: 500,
      },
    )
    .toBe('active')
  return { folder, run }
}
