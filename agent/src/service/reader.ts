// Owns what a user may read, decided from outside by owners, groups, modes and capabilities, so that root can ask it of the
// service's user. Access control lists are not looked at: they only add to it.
import { readFileSync, statSync, type Stats } from 'node:fs'
import { dirname } from 'node:path'

export interface Reader {
  readonly uid: number
  readonly gids: readonly number[]
  /** CapEff of /proc/[pid]/status (man 7 capabilities), as a set of bits. */
  readonly capabilities: bigint
}

export const CAP_DAC_READ_SEARCH = 2n
export const CAP_SYS_PTRACE = 19n
const CAP_DAC_OVERRIDE = 1n

/** A user who may do what everybody may: what the service is before it has run. */
export const ANYBODY: Reader = { uid: 65_534, gids: [65_534], capabilities: 0n }

export function has({ capabilities }: Reader, capability: bigint): boolean {
  return ((capabilities >> capability) & 1n) === 1n
}

/** Who a process is; undefined when it is gone. */
export function readerOf(pid: number | 'self', root = '/'): Reader | undefined {
  try {
    const text = readFileSync(`${root}proc/${pid}/status`, 'utf8')
    const field = (name: string) => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(text)?.[1] ?? ''
    // The second of each is the effective one.
    const numbers = (name: string) => field(name).trim().split(/\s+/).map(Number)
    const gid = numbers('Gid')[1] ?? NaN
    return {
      uid: numbers('Uid')[1] ?? NaN,
      gids: [gid, ...(field('Groups').trim() ? numbers('Groups') : [])],
      capabilities: BigInt(`0x${field('CapEff') || '0'}`),
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

export type Access =
  | { readonly is: 'readable' }
  | { readonly is: 'missing' }
  /** `path` is what refuses: the file, or a directory on the way. `gid`: the group that would do, if one would. */
  | { readonly is: 'refused'; readonly path: string; readonly gid: number | undefined }
  /** Who asks may not look. */
  | { readonly is: 'unknown' }

/** Whether the reader can read a file, or list a directory. */
export function accessOf(path: string, reader: Reader): Access {
  const mayAll = has(reader, CAP_DAC_READ_SEARCH) || has(reader, CAP_DAC_OVERRIDE)
  try {
    const own = statSync(path)
    if (mayAll) return { is: 'readable' }
    for (const directory of parentsOf(path)) {
      const stats = statSync(directory)
      if (!allows(stats, reader, 0o1)) return refused(directory, stats, 0o1)
    }
    return allows(own, reader, 0o4) ? { is: 'readable' } : refused(path, own, 0o4)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return { is: 'missing' }
    if (code === 'EACCES' || code === 'EPERM') return { is: 'unknown' }
    throw error
  }
}

// man 7 path_resolution: the owner's bits decide for the owner, even where the group has more.
function allows({ uid, gid, mode }: Stats, reader: Reader, bit: number): boolean {
  if (uid === reader.uid) return (mode & (bit << 6)) !== 0
  if (reader.gids.includes(gid)) return (mode & (bit << 3)) !== 0
  return (mode & bit) !== 0
}

function refused(path: string, { gid, mode }: Stats, bit: number): Access {
  return { is: 'refused', path, gid: (mode & (bit << 3)) !== 0 ? gid : undefined }
}

function parentsOf(path: string): string[] {
  const parents: string[] = []
  for (let at = dirname(path); ; at = dirname(at)) {
    parents.unshift(at)
    if (at === dirname(at)) return parents
  }
}
