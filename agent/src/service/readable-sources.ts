// Owns which of the agent's sources on Linux its user can read, why not, and what would let it.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { DEFAULT_EXCLUDES, matcher } from '../collect/exclude.ts'
import { chooseMounts } from '../collect/linux/mounts.ts'
import { good, type Finding } from './findings.ts'
import { grantWords, type Grant } from './grants.ts'
import { accessOf, CAP_SYS_PTRACE, has, type Access, type Reader } from './reader.ts'

export interface Looking {
  /** The machine's, with a slash at its end. */
  readonly root: string
  readonly reader: Reader
  /** The service manager's name, which decides how a grant is made. */
  readonly manager: string | undefined
}

/** Files of which each is a source, or several; those that a machine has not are not named. */
const FILES: readonly (readonly [about: string, path: string, isNeeded?: true])[] = [
  ['cpu', 'proc/stat', true],
  ['memory', 'proc/meminfo', true],
  ['load', 'proc/loadavg', true],
  ['disks', 'proc/diskstats'],
  ['network', 'proc/net/dev', true],
  ['pressure', 'proc/pressure/cpu'],
  ['sensors', 'sys/class/hwmon'],
  ['temperatures', 'sys/class/thermal'],
  ['logged-in users', 'run/utmp'],
  ['sessions', 'run/systemd/sessions'],
  ['packages of dpkg', 'var/lib/dpkg/status'],
  ['packages of rpm', 'var/lib/rpm'],
  ['packages of rpm', 'usr/lib/sysimage/rpm'],
  ['packages of apk', 'lib/apk/db/installed'],
  ['packages of pacman', 'var/lib/pacman/local'],
  ['kernels', 'lib/modules'],
]

export function readableSources(looking: Looking): Finding[] {
  return [...files(looking), ...filesystems(looking), ...processes(looking)]
}

function files(looking: Looking): Finding[] {
  return FILES.flatMap(([about, path, isNeeded]) => {
    const whole = `${looking.root}${path}`
    const access = accessOf(whole, looking.reader)
    if (access.is !== 'missing') return [judged(about, whole, access, looking)]
    if (!isNeeded) return []
    return [{ about, is: 'bad', why: `${whole} is not there`, fix: 'mount /proc' }] as const
  })
}

function judged(about: string, path: string, access: Access, looking: Looking): Finding {
  switch (access.is) {
    case 'readable':
      return good(about, path)
    case 'missing':
      return { about, is: 'lack', why: `${path} is not there` }
    case 'unknown':
      return { about, is: 'unknown', why: `${path}: only root can tell; run doctor with sudo` }
    case 'refused': {
      const grant: Grant =
        access.gid === undefined
          ? { kind: 'capability', name: 'CAP_DAC_READ_SEARCH' }
          : { kind: 'group', gid: access.gid }
      const why =
        access.path === path
          ? `${path} may not be read by its user`
          : `${path} is behind ${access.path}, which its user may not enter`
      return { about, is: 'lack', why, fix: grantWords(grant, looking.manager, looking.root) }
    }
  }
}

// statfs asks for the way to the place, and not for the right to read it.
function filesystems(looking: Looking): Finding[] {
  const { root, reader } = looking
  const longer = `${root}proc/self/mountinfo`
  const table = readFileSync(existsSync(longer) ? longer : `${root}proc/self/mounts`, 'utf8')
  const mounts = chooseMounts(table, {
    isExcludedType: matcher(DEFAULT_EXCLUDES.filesystemTypes),
    isExcludedMountpoint: matcher(DEFAULT_EXCLUDES.mountpoints),
  })
  return mounts.flatMap(({ mountpoint }) => {
    const path = `${root}${mountpoint.slice(1)}`
    const access = accessOf(path, reader)
    const isOnlyUnreadable = access.is === 'refused' && access.path === path
    if (access.is === 'readable' || isOnlyUnreadable) return [good('filesystem', mountpoint)]
    return [judged('filesystem', path, access, looking)]
  })
}

function processes({ root, reader, manager }: Looking): Finding[] {
  const isSuper = reader.uid === 0 || has(reader, CAP_SYS_PTRACE)
  const hiding = hidingOf(root)
  const fix = grantWords({ kind: 'capability', name: 'CAP_SYS_PTRACE' }, manager, root)
  if (hiding && !isSuper && !(hiding.gid !== undefined && reader.gids.includes(hiding.gid))) {
    const why = '/proc is mounted with hidepid: its user sees no processes but its own'
    const grant =
      hiding.gid === undefined ? fix : grantWords({ kind: 'group', gid: hiding.gid }, manager, root)
    return [{ about: 'processes', is: 'bad', why, fix: grant }]
  }
  const seen = good('processes', 'all of them are seen')
  if (isSuper || !othersRun(root, reader)) {
    return [seen, good('disk use of processes', 'of all users')]
  }
  const why = 'what the processes of other users read and write is theirs and root’s to know'
  return [seen, { about: 'disk use of processes', is: 'lack', why, fix }]
}

/** Whether /proc hides processes (man 5 proc), and the group from which it hides none. */
function hidingOf(root: string): { gid: number | undefined } | undefined {
  const longer = `${root}proc/self/mountinfo`
  const table = readFileSync(existsSync(longer) ? longer : `${root}proc/self/mounts`, 'utf8')
  const line = table
    .split('\n')
    .find((mount) => / (- )?proc /.test(mount) && / \/proc /.test(mount))
  if (!line || !/hidepid=(1|2|4|noaccess|invisible|ptraceable)\b/.test(line)) return undefined
  const gid = /\bgid=(\d+)/.exec(line)?.[1]
  return { gid: gid === undefined ? undefined : Number(gid) }
}

function othersRun(root: string, { uid }: Reader): boolean {
  return readdirSync(`${root}proc`).some((name) => {
    if (!/^\d+$/.test(name)) return false
    // Gone since the directory was read: no matter.
    const stats = statSync(`${root}proc/${name}`, { throwIfNoEntry: false })
    return stats !== undefined && stats.uid !== uid
  })
}
