// A rule that a steady agent breaks and keeps at once, and the two values with which it does.
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
