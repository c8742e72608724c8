// The hub as a process that lets no test wait: a relay that failed is asked again at once, hosts have little time to return.
import { RETRY_SCHEDULE } from '../src/mail/retry-schedule.ts'
import { runHub } from '../src/main.ts'

process.exitCode = await runHub({
  limits: {
    commitEveryMs: 20,
    busyTimeoutMs: 20,
    alerts: { reviewEveryMs: 100, returnMs: 500 },
    sender: {
      schedule: { ...RETRY_SCHEDULE, waitsMs: RETRY_SCHEDULE.waitsMs.map(() => 100) },
      retryMs: 20,
    },
  },
})
