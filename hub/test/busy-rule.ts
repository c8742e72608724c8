// A rule that a steady agent breaks and keeps at once, the two values with which it does, and a rule that every host breaks.
import type { RuleDraft } from '@vigie/shared/api/rule'

export const CALM = 0.1
export const BUSY = 0.95

export const busyRule: RuleDraft = {
  name: 'Busy',
  isEnabled: true,
  severity: 'crisis',
  condition: {
    type: 'metric',
    metric: 'system.cpu.utilization',
    attributes: {},
    statistic: 'last',
    windowMs: 0,
    operator: '>',
    threshold: 0.9,
    clearAt: 0.5,
    forMs: 0,
    clearForMs: 0,
    onlyIfChanged: false,
  },
  scope: { type: 'all' },
  recipients: [],
  remindEveryMs: null,
}

/** Fires with the first tick of every host. */
export const ALWAYS: RuleDraft = {
  name: 'Always',
  isEnabled: true,
  severity: 'warning',
  condition: {
    type: 'metric',
    metric: 'system.cpu.utilization',
    attributes: {},
    statistic: 'last',
    windowMs: 0,
    operator: '>',
    threshold: 0.01,
    clearAt: 0,
    forMs: 0,
    clearForMs: 0,
    onlyIfChanged: false,
  },
  scope: { type: 'all' },
  recipients: ['ops@example.org'],
  remindEveryMs: null,
}
