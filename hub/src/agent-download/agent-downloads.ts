// Owns what a new machine fetches: executables and scripts under their names, and the line that begins with them.
import { createHash } from 'node:crypto'
import { createAgentFiles, type AgentFile, type Platform } from './agent-files.ts'
import { powerShellScript, shellScript, TLS_1_2 } from './install-scripts.ts'

export interface InstallLines {
  readonly platforms: readonly Platform[]
  /** Linux and macOS; null: there is no executable for either. */
  readonly shell: string | null
  /** Windows, PowerShell; null: there is no executable for it. */
  readonly powerShell: string | null
}

export type Download = { readonly text: string } | { readonly file: AgentFile }

export interface AgentDownloads {
  /** Undefined where there is nothing of that name. */
  find(name: string): Promise<Download | undefined>
  lines(hubUrl: string, token: string): Promise<InstallLines>
}

const SHELL = 'install.sh'
const POWER_SHELL = 'install.ps1'

export function createAgentDownloads(directory: string): AgentDownloads {
  const files = createAgentFiles(directory)

  return {
    async find(name) {
      const list = await files.list()
      if (name === SHELL && list.length > 0) return { text: shellScript(list) }
      if (name === POWER_SHELL && list.length > 0) return { text: powerShellScript(list) }
      const file = list.find((candidate) => candidate.name === name)
      return file && { file }
    },

    async lines(hubUrl, token) {
      const list = await files.list()
      const platforms = list.map(({ platform }) => platform)
      const isWindows = (platform: Platform): boolean => platform.startsWith('win')
      return {
        platforms,
        shell: platforms.every(isWindows) ? null : shellLine(shellScript(list), hubUrl, token),
        powerShell: platforms.some(isWindows)
          ? powerShellLine(powerShellScript(list), hubUrl, token)
          : null,
      }
    },
  }
}

const REFUSED = 'vigie: what came is not what the page promised: nothing was run'

// Run by whoever pastes it; the script refuses by itself who is neither root nor has sudo.
function shellLine(script: string, hubUrl: string, token: string): string {
  const url = `${hubUrl}/agent/${SHELL}`
  return [
    'f=$(mktemp)',
    `{ curl -fsS -o "$f" ${url} || wget -q -O "$f" ${url}; }`,
    `if echo "${sha256(script)}  $f" | { sha256sum -c - || shasum -a 256 -c -; } >/dev/null 2>&1`,
  ]
    .join(' && ')
    .concat(`; then $(command -v sudo) sh "$f" ${hubUrl} ${token}`)
    .concat(`; else rm -f "$f"; echo '${REFUSED}' >&2; false; fi`)
}

function powerShellLine(script: string, hubUrl: string, token: string): string {
  return [
    TLS_1_2,
    `$f = "$env:TEMP\\vigie-install.ps1"`,
    `Invoke-WebRequest -UseBasicParsing ${hubUrl}/agent/${POWER_SHELL} -OutFile $f`,
    `if ((Get-FileHash $f -Algorithm SHA256).Hash -ne '${sha256(script)}') { throw '${REFUSED}' }`,
    `powershell -NoProfile -ExecutionPolicy Bypass -File $f ${hubUrl} ${token}`,
  ].join('; ')
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
