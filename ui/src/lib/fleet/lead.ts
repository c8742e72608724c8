// Owns the fleet's first sentence: how many hosts are well, and each trouble by name while there are few.
import type { Troubled } from './host-words.ts'
import type { Standing } from './standing.ts'

/** More troubles than this are counted instead of named. */
const NAMED = 4

export interface Lead<T> {
  readonly total: number
  readonly well: number
  /** The hosts that are not well, worst first; empty when there are too many to name. */
  readonly named: readonly T[]
  /** How many stand how, worst first, when they are too many to name. */
  readonly counted: readonly { standing: Exclude<Standing, 'well'>; count: number }[]
}

const TROUBLES = ['down', 'crisis', 'warning', 'unknown'] as const

export function leadOf<T extends Pick<Troubled, 'standing'>>(hosts: readonly T[]): Lead<T> {
  const troubled = TROUBLES.map((standing) => ({
    standing,
    hosts: hosts.filter((host) => host.standing === standing),
  })).filter((group) => group.hosts.length > 0)
  const count = troubled.reduce((sum, group) => sum + group.hosts.length, 0)
  const isFew = count <= NAMED
  return {
    total: hosts.length,
    well: hosts.length - count,
    named: isFew ? troubled.flatMap((group) => group.hosts) : [],
    counted: isFew
      ? []
      : troubled.map((group) => ({ standing: group.standing, count: group.hosts.length })),
  }
}
