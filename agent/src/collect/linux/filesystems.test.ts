import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { statfs, symlink } from 'node:fs/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { copyMachine } from '../../../fixtures/copy-machine.ts'
import { machineOf } from '../../../test/machine-tree.ts'
import { RiskyCalls } from '../risky-calls.ts'
import { Troubles } from '../troubles.ts'
import { FilesystemsSource, type Fill } from './filesystems.ts'
import { chooseMounts } from './mounts.ts'

const everything = { isExcludedType: () => false, isExcludedMountpoint: () => false }
const closing: (() => void)[] = []
afterEach(() => closing.splice(0).forEach((close) => close()))

describe('the choice of mounts', () => {
  it('counts a device once, where its path is shortest', () => {
    const table =
      '/dev/a /data/deep ext4 rw 0 0\n/dev/a /data ext4 rw 0 0\n/dev/b / xfs ro,noatime 0 0\n'
    expect(chooseMounts(table, everything)).toEqual([
      { device: '/dev/b', mountpoint: '/', type: 'xfs', isReadOnly: true, isRemote: false },
      { device: '/dev/a', mountpoint: '/data', type: 'ext4', isReadOnly: false, isRemote: false },
    ])
  })

  it('reads escaped paths, and keeps the root whatever holds it', () => {
    const table =
      'overlay / overlay rw 0 0\noverlay2 /x overlay rw 0 0\nnas:/a\\040b /mnt/a\\040b nfs4 rw 0 0\n'
    const chosen = chooseMounts(table, {
      ...everything,
      isExcludedType: (type) => type === 'overlay',
    })
    expect(chosen.map(({ mountpoint, isRemote }) => [mountpoint, isRemote])).toEqual([
      ['/', false],
      ['/mnt/a b', true],
    ])
  })

  it.each([
    ['22 1 8:1 / /data rw,relatime shared:1 - ext4 /dev/a ro,errors=remount-ro', true],
    ['22 1 8:1 / /data rw,relatime shared:1 - ext4 /dev/a rw,emergency_ro', true],
    ['/dev/a /data ext4 rw,relatime,emergency_ro 0 0', true],
    ['22 1 8:1 / /data ro,relatime shared:1 - ext4 /dev/a rw,errors=remount-ro', false],
  ])('tells what is read-only: %s is %s', (line, isReadOnly) => {
    expect(chooseMounts(`${line}\n`, everything)).toMatchObject([{ device: '/dev/a', isReadOnly }])
  })
})

// A table of mounts that has a line with no room in what the lines before it leave of a page.
const MOUNT = `
import os, subprocess, sys
def mount(device, name, depth):
  for _ in range(depth):
    os.mkdir(name)
    os.chdir(name)
  subprocess.run(['mount', '-t', 'tmpfs', device, '.'], check=True)
  os.chdir(root)
root = os.getcwd()
mount('root', '.', 0)
mount('short', 'a' * 200, 9)
mount('long', 'b' * 200, 11)
mount('last', 'last', 1)
os.chroot('.')
print('mounted', flush=True)
sys.stdin.read()
`

const mountable = (program: string, ...args: string[]) =>
  spawnSync('unshare', ['-rm', program, ...args], { stdio: 'ignore' }).status === 0
const canMount = mountable('python3', '--version') && mountable('mount', '-t', 'tmpfs', 'x', '/mnt')

describe('filesystems', () => {
  it.runIf(canMount)('are all of them, however long their lines', async () => {
    const root = await machineOf({ 'new/': '', 'proc/self/': '' })
    const child = spawn('unshare', ['-rm', 'python3', '-c', MOUNT], {
      cwd: `${root}new`,
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    closing.push(() => child.kill())
    await once(child.stdout, 'data')
    await symlink(`/proc/${child.pid}/mountinfo`, `${root}proc/self/mountinfo`)
    const calls = new RiskyCalls(2)
    const source = new FilesystemsSource({
      root,
      excludes: everything,
      local: calls,
      remote: calls,
      troubles: new Troubles({ warn: () => undefined, info: () => undefined }),
    })
    closing.push(() => source.close())
    const { keys } = source.read(0)
    expect(keys).toContain('system.filesystem.read_only{system.filesystem.mountpoint="/last"}')
    await source.settled()
  })

  it('goes on while a server does not answer, and asks no other server', async () => {
    const machine = copyMachine()
    closing.push(() => machine.remove(''))
    machine.append('proc/self/mounts', 'nas:/a /a nfs rw 0 0\nnas:/b /b nfs rw 0 0\n')
    const asked: string[] = []
    let isAway = true
    let answerA: (fill: Fill) => void = () => undefined
    const warned: string[] = []
    const source = new FilesystemsSource({
      root: machine.root,
      excludes: { isExcludedType: (type) => type !== 'nfs', isExcludedMountpoint: () => false },
      local: new RiskyCalls(2),
      remote: new RiskyCalls(1),
      troubles: new Troubles({ warn: (_, message) => warned.push(message), info: () => undefined }),
      statfs(path) {
        const place = path.slice(machine.root.length)
        asked.push(place)
        return place === 'a' && isAway
          ? new Promise((resolve) => (answerA = resolve))
          : statfs(machine.root)
      },
    })
    closing.push(() => source.close())
    const freeBytes = () => {
      const { keys, values } = source.read(asked.length)
      return ['/', '/a', '/b'].map((place) => {
        const isFree = (key: string) => key.includes(`"${place}"`) && key.includes('usage')
        return values[keys.findIndex((key) => isFree(key) && key.includes('"free"'))]
      })
    }
    source.read(0)
    await source.settled()
    expect(asked.sort()).toEqual(['', 'a'])
    expect(freeBytes()).toEqual([expect.any(Number), NaN, NaN])
    await source.settled()
    const [root] = freeBytes()
    expect(root).toBeGreaterThan(0)
    await source.settled()
    expect(asked.filter((place) => place !== '')).toEqual(['a'])
    expect(warned.sort()).toEqual([
      'cannot read filesystem /a: its values are missing',
      'cannot read filesystem /b: its values are missing',
    ])

    isAway = false
    answerA(await statfs(machine.root))
    source.read(1)
    await source.settled()
    source.read(2)
    await source.settled()
    for (const free of freeBytes()) expect(free).toBeGreaterThan(0)
  }, 30_000)
})
