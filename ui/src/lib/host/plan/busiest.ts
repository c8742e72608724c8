// Owns the choice among many like things: what the reader chose, else the one that does most.
import type { Choice, GroupId, Machine } from './host-plan.ts'

export interface Among {
  readonly group: GroupId
  readonly metric: string
  readonly attribute: string
  readonly label: string
  /** Never the first choice of its own accord: the loopback interface. */
  readonly last?: string
}

/** Undefined when there is none to choose from. */
export function chooseAmong(machine: Machine, among: Among): Choice | undefined {
  const { series, values, chosen } = machine
  const options = series.instances(among.metric, among.attribute)
  const wished = chosen[among.group]
  if (wished !== undefined && options.includes(wished)) {
    return { label: among.label, options, chosen: wished }
  }
  const work = new Map(options.map((option) => [option, option === among.last ? -1 : 0]))
  for (const { key, attributes } of series.all(among.metric)) {
    const option = attributes[among.attribute] ?? ''
    if (option !== among.last) work.set(option, (work.get(option) ?? 0) + (values.get(key) ?? 0))
  }
  const [busiest] = [...work].sort(([, a], [, b]) => b - a)
  return busiest && { label: among.label, options, chosen: busiest[0] }
}
