// Owns what a hub is made with: its settings, the world around it, and what tests make smaller.
import type { FastifyBaseLogger } from 'fastify'
import type { AlertingParts } from './alerting.ts'
import type { AdvisorySource } from './cert/ports.ts'
import type { CertSettings } from './cert-settings.ts'
import type { Clock } from './clock.ts'
import type { RequestTimes } from './http/request-times.ts'
import type { ConnectionLimits } from './ingest/agent-connections.ts'
import type { QuotaLimits } from './ingest/quotas.ts'
import type { MailSettings } from './mail-settings.ts'
import type { Settings } from './settings.ts'
import type { KeeperTiming } from './store/keeper-settings.ts'
import type { RoomLimits } from './store/room-guard.ts'

type NeededSettings = Pick<
  Settings,
  'dataDirectory' | 'listen' | 'publicUrl' | 'tls' | 'retentionMs'
> &
  Partial<
    Pick<Settings, 'rollupRetentionMs' | 'agentsDirectory' | 'trustedProxies'> &
      RoomLimits &
      MailSettings &
      CertSettings
  >

export interface AppOptions
  extends NeededSettings, Partial<Pick<Settings, 'oidc' | 'secondFactorPolicy' | 'inForce'>> {
  /** `approve`: a machine with a good token waits until an administrator approves it. */
  readonly enrolment?: 'token' | 'approve'
  readonly quotas?: Partial<QuotaLimits>
  readonly log: FastifyBaseLogger
  readonly clock?: Clock
  /** The hub can keep nothing any more and has to be started anew; what it acknowledged is on the disk. */
  readonly onFailed?: (error: Error) => void
  /** What a host has installed is on the disk, and is another than before. */
  readonly onPackages?: (hostId: number) => void
  /** Sources of advisories instead of those that `certSources` names. */
  readonly advisorySources?: readonly AdvisorySource[]
  /** What tests make smaller. */
  readonly limits?: Partial<ConnectionLimits> & {
    readonly commitEveryMs?: number
    readonly maxPendingBytes?: number
    readonly busyTimeoutMs?: number
    readonly maxWaitingBytes?: number
    readonly checkSessionEveryMs?: number
    readonly requestTimes?: Partial<RequestTimes>
    readonly lookForCertificateEveryMs?: number
    readonly keeper?: Partial<KeeperTiming>
    readonly alerts?: AlertingParts['timing']
    /** How long changes of packages are gathered before they are compared with advisories. */
    readonly gatherPackagesMs?: number
    readonly sender?: AlertingParts['senderLimits']
  }
}
