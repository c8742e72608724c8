// Doctor's judgement on trees of files of which this user may read all, for a user who may not.
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { findingLines } from './findings.ts'
import { readableSources } from './readable-sources.ts'
import { ANYBODY, CAP_SYS_PTRACE, type Reader } from './reader.ts'

const MOUNTS =
  '/dev/vda1 / ext4 rw 0 0\n/dev/vdb1 /srv/secret ext4 rw 0 0\nproc /proc proc rw 0 0\n'
const HIDING = MOUNTS.replace('proc rw', 'proc rw,hidepid=invisible,gid=42')
const HIDING_ALL = MOUNTS.replace('proc rw', 'proc rw,hidepid=2')

/** A machine on which everybody may read everything, unless a mode says otherwise. */
function machine(mounts: string, modes: Record<string, number> = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'vigie-doctor-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  chmodSync(root, 0o755)
  const files: Record<string, string> = {
    'proc/self/mounts': mounts,
    'etc/group': 'root:x:0:\nadm:x:4:ada\nwatchers:x:42:\n',
    'proc/stat': '',
    'proc/meminfo': '',
    'proc/loadavg': '',
    'proc/net/dev': '',
    'var/lib/dpkg/status': '',
    'proc/1/io': '',
    'srv/secret/file': '',
  }
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
  for (const [path, mode] of Object.entries(modes)) chmodSync(join(root, path), mode)
  return `${root}/`
}

const look = (root: string, reader: Reader = ANYBODY, manager: string | undefined = 'systemd') =>
  readableSources({ root, reader, manager })
const about = (root: string, name: string, reader?: Reader) =>
  look(root, reader).filter((finding) => finding.about === name)

describe('doctor', () => {
  it('finds nothing wrong but what is of other users’ processes', () => {
    const found = look(machine(MOUNTS))
    const wrong = found.filter(({ is }) => is !== 'good')
    expect(wrong.map((finding) => finding.about)).toEqual(['disk use of processes'])
    expect(wrong[0]?.fix).toContain(
      "printf '[Service]\\nAmbientCapabilities=CAP_SYS_PTRACE\\nCapabilityBoundingSet=CAP_SYS_PTRACE\\n' | sudo tee /etc/systemd/system/vigie-agent.service.d/cap_sys_ptrace.conf",
    )
    const granted = { ...ANYBODY, capabilities: 1n << CAP_SYS_PTRACE }
    expect(look(machine(MOUNTS), granted).every(({ is }) => is === 'good')).toBe(true)
  })

  it('names what is not there and has to be', () => {
    const root = machine(MOUNTS)
    rmSync(`${root}proc/stat`)
    expect(about(root, 'cpu')).toMatchObject([{ is: 'bad', fix: 'mount /proc' }])
  })

  it('names the directory in the way of a filesystem, and the capability', () => {
    const [, secret] = about(machine(MOUNTS, { srv: 0o700 }), 'filesystem')
    expect(secret?.why).toMatch(/secret is behind .*\/srv, which its user may not enter$/)
    expect(secret?.fix).toContain('AmbientCapabilities=CAP_DAC_READ_SEARCH')
  })

  it.runIf(process.getuid?.() === 0)('names the group by which a file can be read', () => {
    const root = machine(MOUNTS, { 'var/lib/dpkg/status': 0o640 })
    chownSync(`${root}var/lib/dpkg/status`, 0, 4)
    const [packages] = about(root, 'packages of dpkg')
    expect(packages).toMatchObject({ is: 'lack' })
    expect(packages?.fix).toContain('SupplementaryGroups=adm')
    expect(about(root, 'packages of dpkg', { ...ANYBODY, gids: [4] })).toMatchObject([
      { is: 'good' },
    ])
    const [plain] = look(root, ANYBODY, 'OpenRC').filter(
      (finding) => finding.about === 'packages of dpkg',
    )
    expect(plain?.fix).toContain('addgroup vigie-agent adm')
  })

  it('sees that /proc hides processes, and from which group it hides none', () => {
    expect(about(machine(HIDING), 'processes')[0]?.fix).toContain('SupplementaryGroups=watchers')
    expect(about(machine(HIDING), 'processes', { ...ANYBODY, gids: [42] })).toMatchObject([
      { is: 'good' },
    ])
    expect(about(machine(HIDING_ALL), 'processes')).toMatchObject([{ is: 'bad' }])
  })

  it('says each in a line or two', () => {
    for (const finding of look(machine(HIDING))) {
      expect(findingLines(finding).join('\n').split('\n').length).toBeLessThanOrEqual(2)
    }
  })
})
