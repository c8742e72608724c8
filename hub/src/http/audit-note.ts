// Owns what a route may tell the audit log of a change besides what the log sees by itself.
import type { AuditActorKind } from '@vigie/shared/api/audit'

export interface AuditActor {
  readonly kind: AuditActorKind
  readonly id: string | null
  readonly name: string | null
}

/** Filled in while a request is answered; the log is written before the answer goes out. */
export interface AuditNote {
  /** Where it came from, as long as the connection was there to tell: whoever hangs up at once is noted, too. */
  readonly address: string | null
  /** Who it was, where it is not whoever is signed in. */
  actor?: AuditActor
  /** On what; the `id` of the path when left out. */
  target?: string
  /** What it was made; never a secret. */
  detail?: string
  /** Why it was refused, where the answer leads on and is no problem document. */
  refusal?: string
}
