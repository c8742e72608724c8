// Owns the choice of the filesystems worth watching, from /proc/self/mountinfo or /proc/self/mounts.

export interface Mount {
  readonly device: string
  readonly mountpoint: string
  readonly type: string
  /** Also of a file system that its errors made so, which Linux 6.12 to 6.14 do not show. */
  readonly isReadOnly: boolean
  /** Whether another machine or program answers for it, and may not. */
  readonly isRemote: boolean
}

export interface MountExcludes {
  isExcludedType(type: string): boolean
  isExcludedMountpoint(mountpoint: string): boolean
}

// The second is of errors, since Linux 6.15 (ext4).
const READ_ONLY = /(^|,)(ro|emergency_ro)(,|$)/

const REMOTE_TYPES =
  /^(nfs\d?|cifs|smb\w*|ceph|9p|virtiofs|afs|lustre|beegfs|gfs2?|ocfs2|ncpfs|coda|fuse(\..+)?|fuseblk)$/

/**
 * Reads the mount table (man 5 proc_pid_mountinfo; the shorter form is that of man 5 fstab). A device that is mounted more than once counts once, where its path
 * is shortest; the root is always watched, whatever holds it. In order of the mountpoints.
 */
export function chooseMounts(table: string, excludes: MountExcludes): Mount[] {
  const byPlace = new Map<string, Mount>()
  for (const line of table.split('\n')) {
    const mount = parseMount(line)
    // A later mount hides an earlier one at the same place.
    if (mount) byPlace.set(mount.mountpoint, mount)
  }
  const byDevice = new Map<string, Mount>()
  for (const mount of byPlace.values()) {
    const { mountpoint, type, device } = mount
    const isRoot = mountpoint === '/' && type !== 'rootfs'
    const isLeftOut = excludes.isExcludedType(type) || excludes.isExcludedMountpoint(mountpoint)
    if (isLeftOut && !isRoot) continue
    const other = byDevice.get(device)
    if (!other || mountpoint.length < other.mountpoint.length) byDevice.set(device, mount)
  }
  return [...byDevice.values()].sort((a, b) => (a.mountpoint < b.mountpoint ? -1 : 1))
}

function parseMount(line: string): Mount | undefined {
  // The longer form has a dash before the type, and after it what holds of the file system, wherever it is mounted.
  const [mounted, filesystem] = line.split(' - ')
  const shorter = line.split(' ')
  const [type, device, options] = filesystem?.split(' ') ?? [shorter[2], shorter[0], shorter[3]]
  const mountpoint = filesystem ? mounted?.split(' ')[4] : shorter[1]
  if (!device || !mountpoint || !type || options === undefined) return undefined
  return {
    device: unescape(device),
    mountpoint: unescape(mountpoint),
    type,
    isReadOnly: READ_ONLY.test(options),
    isRemote: REMOTE_TYPES.test(type),
  }
}

// The kernel writes spaces, tabs, line feeds and backslashes as three octal digits.
function unescape(field: string): string {
  return field.replace(/\\([0-7]{3})/g, (_, octal: string) =>
    String.fromCharCode(parseInt(octal, 8)),
  )
}
