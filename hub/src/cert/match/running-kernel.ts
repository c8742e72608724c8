// Owns which kernel a machine has booted: the package that it came from, or what uname says of it.
import type { Package } from '@vigie/shared/protocol/packages'
import { compareApk } from './versions/apk.ts'

export interface RunningKernel {
  /** The package that was booted. Absent: only others are there, or its name cannot be told from uname. */
  readonly booted?: Package
  /** Any kernel that is installed. */
  readonly installed?: Package
  /** Patches of a kernel while it runs. */
  readonly livepatch?: Package
}

const KERNEL_PACKAGE =
  /^(?:linux-image-(?:unsigned-)?\d.*|kernel|kernel-core|kernel-(?:default|rt|azure|64k|64kb|rt-core|64k-core|uek|uek-core|preempt|kvmsmall)(?:-base)?|linux|linux-(?:lts|virt|zen|hardened|edge|rt|rt-lts|aws|azure)|pve-kernel-\d.*|proxmox-kernel-\d.*)$/

const MAY_BE = /^(?:linux|kernel|pve-kernel|proxmox-kernel|kpatch)/

/** Whether a package is a kernel itself, no metapackage and no headers. */
export function isKernelPackage(name: string): boolean {
  return KERNEL_PACKAGE.test(name)
}

/** Finds the booted kernel's package among those that are installed. */
export function runningKernel(kernel: string, packages: readonly Package[]): RunningKernel {
  const candidates = packages.filter(({ name }) => MAY_BE.test(name))
  const kernels = candidates.filter(({ name }) => isKernelPackage(name))
  const livepatch = candidates.find(({ name }) => name.includes('livepatch'))
  const booted = kernels.find((one) => isBooted(one, kernel))
  const [installed] = kernels
  return {
    ...(booted && { booted }),
    ...(installed && { installed }),
    ...(livepatch && { livepatch }),
  }
}

function isBooted({ manager, name, version, architecture }: Package, kernel: string): boolean {
  switch (manager) {
    // linux-image-6.1.0-28-amd64, linux-image-unsigned-5.15.0-91-generic
    case 'dpkg':
      return name.endsWith(`-${kernel}`)
    // 0:5.14.0-427.el9 is uname's 5.14.0-427.el9.x86_64; SUSE's uname leaves the last number out: 5.14.21-150500.55.36-default.
    case 'rpm': {
      const plain = version.replace(/^\d+:/, '')
      const flavour = /-(?:core|base)$/.test(name) ? name.replace(/-(?:core|base)$/, '') : name
      const suffix = /^kernel-([a-z0-9]+)$/.exec(flavour)?.[1]
      if (suffix !== undefined && kernel.endsWith(`-${suffix}`)) {
        return isSameOrLonger(plain, kernel.slice(0, -suffix.length - 1))
      }
      const isSame = kernel === plain || kernel.startsWith(`${plain}.${architecture ?? ''}`)
      const flavoured = /\+(?:rt|64k)$|\.rt\d/.test(kernel)
      return isSame && flavoured === (suffix === 'rt' || suffix === '64k')
    }
    // 6.6.14-r0 is uname's 6.6.14-0-lts
    case 'apk': {
      const [, number = '', release = '', flavour = ''] =
        /^([\d.]+)-(\d+)-([a-z]+)$/.exec(kernel) ?? []
      return name === `linux-${flavour}` && compareApk(version, `${number}-r${release}`) === 0
    }
    // 6.7.4.arch1-1 is uname's 6.7.4-arch1-1
    case 'pacman': {
      const flat = (text: string): string => text.replace(/[.-]/g, ' ')
      const flavour = /^linux-(.+)$/.exec(name)?.[1]
      const own = flat(version)
      const running = flat(kernel)
      return flavour === undefined ? running === own : running === `${own} ${flavour}`
    }
    case 'homebrew':
    case 'winget':
    case 'windows':
      return false
  }
}

function isSameOrLonger(version: string, start: string): boolean {
  return version === start || version.startsWith(`${start}.`)
}
