// Owns whether the machine waits for a reboot: its distribution says so, or a kernel was installed since it booted.
import { access, readdir, readFile, stat } from 'node:fs/promises'
import { seriesKey } from '@vigie/shared/metrics/series'
import type { Found } from '../slow-source.ts'

// Debian and Ubuntu, where /var/run may be a directory of its own; SUSE.
const FLAGS = ['run/reboot-required', 'var/run/reboot-required', 'run/reboot-needed']
// Docker, Podman, and what systemd writes when it is the init of a container (systemd.io/CONTAINER_INTERFACE).
const CONTAINER_MARKS = ['.dockerenv', 'run/.containerenv', 'run/systemd/container']

const KEYS = [seriesKey('system.linux.reboot_required')]
const NOTHING: Found = { keys: [], values: [] }

/** Gives a search that finds nothing where there is nothing to tell it by, such as in a container. */
export function rebootSearch(root: string): () => Promise<Found> {
  return async () => {
    // The kernel is the host's, which reports it.
    if (await hasAny(root, CONTAINER_MARKS)) return NOTHING
    if (await hasAny(root, FLAGS)) return found(true)
    const installedMs = await kernelsInstalledMs(root)
    if (installedMs.length === 0) return NOTHING
    const bootMs = await readBootMs(root)
    return found(installedMs.some((timeMs) => timeMs > bootMs))
  }
}

function found(isRequired: boolean): Found {
  return { keys: KEYS, values: [isRequired ? 1 : 0] }
}

async function hasAny(root: string, paths: readonly string[]): Promise<boolean> {
  const seen = await Promise.all(
    paths.map((path) => orAbsent(access(root + path).then(() => true))),
  )
  return seen.includes(true)
}

/**
 * When each kernel came onto the disk. The file comes with its package and nothing writes it later, as depmod and DKMS do
 * with others; its modification time would be that of the build.
 */
async function kernelsInstalledMs(root: string): Promise<number[]> {
  const base = `${root}lib/modules`
  const releases = (await orAbsent(readdir(base))) ?? []
  const files = await Promise.all(
    releases.map((release) => orAbsent(stat(`${base}/${release}/modules.builtin`))),
  )
  // Filesystems that know no birth say 0.
  return files.flatMap((file) => (file ? [file.birthtimeMs || file.ctimeMs] : []))
}

async function readBootMs(root: string): Promise<number> {
  const seconds = /^btime (\d+)$/m.exec(await readFile(`${root}proc/stat`, 'utf8'))?.[1]
  if (seconds === undefined) throw new Error('/proc/stat has no btime')
  return Number(seconds) * 1000
}

async function orAbsent<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw cause
  }
}
