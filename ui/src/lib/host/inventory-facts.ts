// Owns how the inventory, the people logged in and the failed services of a host are told.
import type { Inventory, Snapshot } from '@vigie/shared/protocol/inventory'
import { formatValue } from '../format/format-value.ts'
import { formatMoment } from '../format/moment.ts'
import { joined } from '../format/quantity.ts'
import type { Locale } from '../i18n/languages.ts'
import type { Say } from './plan/host-plan.ts'

export interface NamedFact {
  readonly id: string
  readonly name: string
  readonly text: string
}

interface Reader {
  readonly say: Say
  readonly locale: Locale
}

export function inventoryFacts(inventory: Inventory, { say, locale }: Reader): NamedFact[] {
  const { os, cpu } = inventory
  const bytes = (size: number, binary: boolean) =>
    joined(formatValue(size, 'By', locale, { binary }))
  const physical =
    cpu.physicalCount === undefined || cpu.physicalCount === cpu.logicalCount
      ? ''
      : say('inventory.physical', { count: cpu.physicalCount })
  const facts: [id: string, text: string | undefined][] = [
    ['hostname', inventory.hostname],
    ['system', [os.name, os.version].filter(Boolean).join(' ')],
    ['kernel', [os.kernel, os.architecture].filter(Boolean).join(', ')],
    ['virtual', inventory.virtualization],
    ['hardware', inventory.hardware],
    ['cpu', say('inventory.cores', { count: cpu.logicalCount, model: cpu.model }) + physical],
    ['memory', bytes(inventory.memoryBytes, true)],
    [
      'disks',
      inventory.disks
        .map(({ name, model, sizeBytes }) =>
          [name, model, bytes(sizeBytes, false)].filter(Boolean).join(', '),
        )
        .join('; '),
    ],
    [
      'filesystems',
      inventory.filesystems.map(({ mountpoint, type }) => `${mountpoint} (${type})`).join(', '),
    ],
    [
      'interfaces',
      inventory.interfaces.map(({ name, addresses }) => [name, ...addresses].join(' ')).join('; '),
    ],
    ['timezone', inventory.timezone],
    ['agent', inventory.agentVersion],
  ]
  return facts.flatMap(([id, text]) =>
    text === undefined || text === '' ? [] : [{ id, name: say(`inventory.${id}`), text }],
  )
}

export function peopleFacts(
  users: NonNullable<Snapshot['users']>,
  nowMs: number,
  { say, locale }: Reader,
): NamedFact[] {
  return users.map(({ name, terminal, from, sinceMs }, index) => ({
    id: `${name} ${terminal} ${index}`,
    name,
    text: [
      terminal,
      from === undefined ? '' : say('people.from', { from }),
      sinceMs === undefined
        ? ''
        : say('people.since', { time: formatMoment(sinceMs, nowMs, locale) }),
    ]
      .filter(Boolean)
      .join(', '),
  }))
}
