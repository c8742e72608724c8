// Owns the writing and the removing of the files that make a service: whole or not at all, and only what differs.
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Writes a file unless it holds just that. Returns whether it wrote. */
export function putFile(path: string, content: string, mode = 0o644): boolean {
  if (contentOf(path) === content) return false
  mkdirSync(dirname(path), { recursive: true })
  const temporary = `${path}.${process.pid}.tmp`
  writeFileSync(temporary, content, { mode })
  chmodSync(temporary, mode)
  renameSync(temporary, path)
  return true
}

export function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** Removes a file or a directory with all that is in it; nothing where there is none. */
export function removePath(path: string): void {
  rmSync(path, { recursive: true, force: true })
}

function isMissing(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException
  return code === 'ENOENT' || code === 'ENOTDIR'
}
