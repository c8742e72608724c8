// Owns what is left out of collection unless someone asks for it: devices that are not machines' own, or say nothing new.

/** Globs (`*` and `?`) of names to leave out; a kind that is given replaces the default of that kind. */
export interface ExcludeGlobs {
  readonly interfaces?: readonly string[]
  readonly disks?: readonly string[]
  readonly mountpoints?: readonly string[]
  readonly filesystemTypes?: readonly string[]
}

// prettier-ignore
export const DEFAULT_EXCLUDES: Required<ExcludeGlobs> = {
  interfaces: [
    'lo', 'veth*', 'docker*', 'br-*', 'ifb*', 'virbr*', 'vnet*', 'cali*', 'cni*', 'flannel*', 'lxc*', 'dummy*', 'tap*',
    'gre0', 'gretap0', 'erspan0', 'sit0', 'tunl0', 'ip6tnl0', 'ip6_vti0', 'ip_vti0', 'ip6gre0', 'bonding_masters',
  ],
  disks: ['loop*', 'ram*', 'zram*', 'sr*', 'fd*', 'mmcblk*boot*', 'mmcblk*rpmb'],
  mountpoints: [
    '/proc/*', '/sys/*', '/dev/*', '/snap/*', '/run/user/*', '/run/credentials/*', '/etc/hosts', '/etc/hostname',
    '/etc/resolv.conf', '/var/lib/docker/*', '/var/lib/containers/*', '/var/lib/kubelet/*',
  ],
  filesystemTypes: [
    'overlay', 'squashfs', 'tmpfs', 'devtmpfs', 'ramfs', 'rootfs', 'proc', 'sysfs', 'devpts', 'cgroup*', 'mqueue', 'hugetlbfs',
    'debugfs', 'tracefs', 'securityfs', 'selinuxfs', 'pstore', 'efivarfs', 'bpf', 'configfs', 'fusectl', 'autofs', 'nsfs',
    'binfmt_misc', 'rpc_pipefs', 'nfsd', 'iso9660', 'udf', 'erofs', 'aufs', 'fuse.lxcfs', 'fuse.gvfsd-fuse', 'fuse.portal',
    'fuse.snapfuse', 'fuse.squashfuse', 'fuse.fuse-overlayfs', 'fuse.*-fuse',
  ],
}

/** A test for names that any of the globs covers. */
export function matcher(globs: readonly string[]): (name: string) => boolean {
  const patterns = globs.map(
    (glob) =>
      new RegExp(
        `^${glob
          .replace(/[.+^${}()|[\]\\]/g, '\\$&')
          .replaceAll('*', '.*')
          .replaceAll('?', '.')}$`,
      ),
  )
  return (name) => patterns.some((pattern) => pattern.test(name))
}
