// Owns what an administrator can do with a host as it stands, in the order of the menu.

export const HOST_CHANGES = [
  'rename',
  'replace',
  'revoke',
  'merge',
  'retire',
  'bring-back',
  'delete',
] as const
export type HostChange = (typeof HOST_CHANGES)[number]

export interface HostAction {
  readonly id: HostChange
  readonly label: string
  readonly run: () => void
}

/** A host that is retired has no agent to speak of; of one whose key is revoked, that cannot be done again. */
export function changesOf(host: {
  readonly retiredMs: number | null
  readonly revokedMs: number | null
}): HostChange[] {
  const isRetired = host.retiredMs !== null
  return HOST_CHANGES.filter((change) => {
    switch (change) {
      case 'replace':
      case 'merge':
      case 'retire':
        return !isRetired
      case 'revoke':
        return !isRetired && host.revokedMs === null
      case 'bring-back':
        return isRetired
      case 'rename':
      case 'delete':
        return true
    }
  })
}
