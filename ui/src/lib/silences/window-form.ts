// Owns a maintenance window as it is being written, and whether it can be kept.
import type { HostScope } from '@vigie/shared/api/rule'
import type { MaintenanceDraft } from '@vigie/shared/api/silence'
import { isZone } from '@vigie/shared/format/zone'
import { ownZone } from '../format/zone.ts'
import { isWeekly, readWeekly, writeWeekly, type WeeklyTimes } from './weekly-times.ts'

export interface WindowForm {
  readonly name: string
  /** `weekly`: days and a time; `cron`: five fields. */
  readonly how: 'weekly' | 'cron'
  readonly weekly: WeeklyTimes
  readonly cron: string
  readonly durationMs: number
  readonly zone: string
  readonly scope: HostScope['type']
  readonly tags: readonly string[]
  readonly hostIds: readonly number[]
  readonly anyRule: boolean
  readonly ruleIds: readonly number[]
  readonly isEnabled: boolean
}

const HOUR_MS = 3_600_000
const LEAST_MS = 60_000
const MOST_MS = 7 * 24 * HOUR_MS
const SUNDAY_NIGHT: WeeklyTimes = { weekdays: [0], time: '02:30' }

export function newWindowForm(): WindowForm {
  return {
    name: '',
    how: 'weekly',
    weekly: SUNDAY_NIGHT,
    cron: writeWeekly(SUNDAY_NIGHT),
    durationMs: 2 * HOUR_MS,
    zone: ownZone(),
    scope: 'all',
    tags: [],
    hostIds: [],
    anyRule: true,
    ruleIds: [],
    isEnabled: true,
  }
}

export function windowFormOf(window: MaintenanceDraft): WindowForm {
  const { name, cron, durationMs, zone, isEnabled, scope, ruleIds } = window
  const weekly = readWeekly(cron)
  return {
    ...{ name, cron, durationMs, zone, isEnabled, ruleIds },
    how: weekly ? 'weekly' : 'cron',
    weekly: weekly ?? SUNDAY_NIGHT,
    scope: scope.type,
    tags: scope.type === 'tags' ? scope.tags : [],
    hostIds: scope.type === 'hosts' ? scope.hostIds : [],
    anyRule: ruleIds.length === 0,
  }
}

export function windowDraftOf(form: WindowForm): MaintenanceDraft {
  const { name, how, weekly, cron, durationMs, zone, isEnabled, anyRule, ruleIds } = form
  return {
    name: name.trim(),
    cron: how === 'weekly' ? writeWeekly(weekly) : cron.trim(),
    durationMs,
    zone,
    isEnabled,
    scope: scopeOf(form),
    ruleIds: anyRule ? [] : [...ruleIds],
  }
}

export type WindowField =
  'name' | 'weekdays' | 'time' | 'cron' | 'durationMs' | 'zone' | 'scope' | 'ruleIds'

/** The fields that keep it from being kept. Whether a cron comes true some day is the hub's to say. */
export function windowFaults(form: WindowForm): ReadonlySet<WindowField> {
  const faults = new Set<WindowField>()
  if (form.name.trim() === '') faults.add('name')
  if (form.how === 'weekly' && form.weekly.weekdays.length === 0) faults.add('weekdays')
  else if (form.how === 'weekly' && !isWeekly(form.weekly)) faults.add('time')
  if (form.how === 'cron' && form.cron.trim().split(/\s+/).length !== 5) faults.add('cron')
  const { durationMs } = form
  if (!(durationMs >= LEAST_MS && durationMs <= MOST_MS && Number.isInteger(durationMs))) {
    faults.add('durationMs')
  }
  if (!isZone(form.zone)) faults.add('zone')
  if (form.scope === 'tags' && form.tags.length === 0) faults.add('scope')
  if (form.scope === 'hosts' && form.hostIds.length === 0) faults.add('scope')
  if (!form.anyRule && form.ruleIds.length === 0) faults.add('ruleIds')
  return faults
}

function scopeOf({ scope, tags, hostIds }: WindowForm): HostScope {
  switch (scope) {
    case 'all':
      return { type: 'all' }
    case 'tags':
      return { type: 'tags', tags: [...tags] }
    case 'hosts':
      return { type: 'hosts', hostIds: [...hostIds] }
  }
}
