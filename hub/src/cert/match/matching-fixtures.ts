// Owns how tests of matching make advisories and machines in a few words.
import type { AdvisoryDocument } from '@vigie/shared/api/advisory'
import type { Package } from '@vigie/shared/protocol/packages'
import type { HostSoftware, Match } from '../ports.ts'
import { matchHosts } from './match-hosts.ts'
import { prepareAdvisories } from './prepare.ts'
import { builtInAliases } from './product-aliases.ts'

export const aliases = builtInAliases()

export function advisory(
  change: Partial<AdvisoryDocument>,
  lines: readonly string[] = [],
): AdvisoryDocument {
  return {
    source: 'certfr-alerts',
    kind: 'alert',
    reference: 'CERTFR-2099-ALE-001',
    title: 'Vulnérabilité',
    url: '',
    publishedMs: 0,
    revisedMs: null,
    closedMs: null,
    risks: [],
    affected: lines.map((text) => ({ text, vendor: 'N/A', product: 'N/A' })),
    cves: [],
    summary: '',
    solution: '',
    links: [],
    revisions: [],
    ...change,
  }
}

export const linux = (id: string, name: string, version: string, kernel = '') => ({
  id,
  name,
  version,
  kernel,
  architecture: 'x64',
})
export const DEBIAN_12 = linux('debian', 'Debian GNU/Linux', '12 (bookworm)', '6.1.0-18-amd64')

export function machine(
  packages: readonly Package[],
  os: HostSoftware['os'] = DEBIAN_12,
): HostSoftware {
  return { hostId: 1, os, packages }
}

export const dpkg = (name: string, version: string, more: Partial<Package> = {}): Package => ({
  manager: 'dpkg',
  name,
  version,
  ...more,
})
export const rpm = (name: string, version: string): Package => ({
  manager: 'rpm',
  name,
  version,
  origin: 'Red Hat, Inc.',
})

export function match(document: AdvisoryDocument, host: HostSoftware): Match | undefined {
  return matchHosts(prepareAdvisories([document], aliases), [host])[0]
}
export const told = (found: Match | undefined) =>
  found && `${found.verdict} ${found.evidence[0]?.rule ?? ''}`
