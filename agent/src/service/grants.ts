// Owns the exact grant by which the service would come to read what it cannot.
import { readFileSync } from 'node:fs'

export type Grant =
  | { readonly kind: 'group'; readonly gid: number }
  | { readonly kind: 'capability'; readonly name: 'CAP_SYS_PTRACE' | 'CAP_DAC_READ_SEARCH' }

/** What to do, in a line or two, with the manager that runs the service. */
export function grantWords(grant: Grant, manager: string | undefined, root = '/'): string {
  if (grant.kind === 'group') {
    const group = groupName(grant.gid, root)
    if (manager === 'systemd') return dropIn(group, `SupplementaryGroups=${group}`)
    return `put its user into the group ${group}: sudo usermod -aG ${group} vigie-agent, or: addgroup vigie-agent ${group}`
  }
  const { name } = grant
  if (manager === 'systemd') {
    return dropIn(name, `AmbientCapabilities=${name}`, `CapabilityBoundingSet=${name}`)
  }
  return `let it have the capability ${name}, or run it as root`
}

// A file for each, so that one more leaves the others; uninstall removes them.
function dropIn(name: string, ...settings: string[]): string {
  const directory = '/etc/systemd/system/vigie-agent.service.d'
  const lines = ['[Service]', ...settings].map((line) => `${line}\\n`).join('')
  return [
    `sudo mkdir -p ${directory}`,
    `printf '${lines}' | sudo tee ${directory}/${name.toLowerCase()}.conf`,
    'sudo systemctl daemon-reload',
    'sudo systemctl restart vigie-agent',
  ].join(' && ')
}

function groupName(gid: number, root: string): string {
  const text = readFileSync(`${root}etc/group`, 'utf8')
  const line = text.split('\n').find((candidate) => Number(candidate.split(':')[2]) === gid)
  return line?.split(':')[0] ?? String(gid)
}
