// Owns the agent's executables that this hub hands out: which there are, and what their checksums are.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'

/** As `npm run package` names them. */
export const PLATFORMS = [
  'linux-x64',
  'linux-arm64',
  'darwin-x64',
  'darwin-arm64',
  'win-x64',
] as const
export type Platform = (typeof PLATFORMS)[number]

export interface AgentFile {
  readonly platform: Platform
  /** The name under /agent/; it is compressed by gzip. */
  readonly name: string
  readonly path: string
  readonly sizeBytes: number
  /** Of the compressed file, in hexadecimal digits. */
  readonly sha256: string
}

export interface AgentFiles {
  /** Those that there are, in the order of {@link PLATFORMS}. They may be made while the hub runs. */
  list(): Promise<readonly AgentFile[]>
}

/** `directory`: where `npm run package` has put them, or somebody has copied them. */
export function createAgentFiles(directory: string): AgentFiles {
  const known = new Map<Platform, { readonly stamp: string; readonly file: AgentFile }>()

  const look = async (platform: Platform): Promise<AgentFile | undefined> => {
    const name = `vigie-agent-${platform}${platform.startsWith('win') ? '.exe' : ''}.gz`
    const path = join(directory, name)
    const stats = await stat(path).catch((error: unknown) => {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
      throw error
    })
    if (!stats?.isFile()) return undefined
    const stamp = `${stats.size} ${stats.mtimeMs} ${stats.ino}`
    const before = known.get(platform)
    if (before?.stamp === stamp) return before.file
    const file = { platform, name, path, sizeBytes: stats.size, sha256: await sha256Of(path) }
    known.set(platform, { stamp, file })
    return file
  }

  return {
    async list() {
      const found = await Promise.all(PLATFORMS.map(look))
      return found.filter((file) => file !== undefined)
    },
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
