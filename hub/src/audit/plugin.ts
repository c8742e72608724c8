// Owns what the audit log hears of HTTP: each route that changes something names its action, and is noted before it is
// answered, whether it was let to or not.
import type { AuditOutcome } from '@vigie/shared/api/audit'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import type { AuditActor } from '../http/audit-note.ts'
import { bearerToken } from '../http/gate.ts'
import type { AuditLog } from './audit-log.ts'

export interface AuditPluginOptions {
  readonly audit: Pick<AuditLog, 'append'>
  /** What the id of a token begins with that the command line makes for itself. */
  readonly commandToken: string
}

/** Register it after the HTTP plugin and before every route. */
export const auditPlugin = fastifyPlugin<AuditPluginOptions>(
  (app, { audit, commandToken }, done) => {
    app.addHook('onSend', async (request, reply, payload) => {
      const { audit: action } = request.routeOptions.config
      if (action === undefined) return
      const { refusal } = request.auditNote
      const outcome = refusal === undefined ? outcomeOf(reply.statusCode) : 'refused'
      const actor = request.auditNote.actor ?? actorOf(request, commandToken)
      await audit.append({
        actorKind: actor.kind,
        actorId: actor.id,
        actorName: actor.name,
        address: request.auditNote.address,
        action,
        target: request.auditNote.target ?? targetOf(request),
        detail: outcome === 'done' ? detailOf(request) : (refusal ?? reasonOf(reply, payload)),
        outcome,
      })
    })
    done()
  },
  { name: 'vigie-audit' },
)

function outcomeOf(status: number): AuditOutcome {
  if (status < 400) return 'done'
  return status < 500 ? 'refused' : 'failed'
}

function actorOf({ person, headers }: FastifyRequest, commandToken: string): AuditActor {
  if (!person) return { kind: 'nobody', id: null, name: null }
  const { id, name } = person
  if (bearerToken(headers) === undefined) return { kind: 'person', id, name }
  return { kind: id.startsWith(commandToken) ? 'command' : 'token', id, name }
}

function targetOf({ params }: FastifyRequest): string | null {
  const values = Object.values((params ?? {}) as Record<string, unknown>)
  return values.length === 0 ? null : values.map(String).join(' ')
}

function detailOf({ auditNote, routeOptions, body }: FastifyRequest): string | null {
  if (auditNote.detail !== undefined) return auditNote.detail
  const written = (body ?? {}) as Record<string, unknown>
  const shown = (routeOptions.config.auditShows ?? []).flatMap((key) => {
    const value = written[key]
    if (value === undefined) return []
    return [`${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`]
  })
  return shown.length === 0 ? null : shown.join(', ')
}

/** The code of a problem document, as docs/ explains it. */
function reasonOf(reply: FastifyReply, payload: unknown): string {
  const code = typeof payload === 'string' && /"type":"\/docs#([a-z-]+)"/.exec(payload)?.[1]
  return code || String(reply.statusCode)
}
