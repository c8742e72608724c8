// Owns which routes there are about people, tokens, invites, the audit log and settings.
import type { FastifyInstance } from 'fastify'
import type { AuditReader, InviteDesk, OwnAccounts, SettingsReader, Users } from './access-ports.ts'
import { addAuditRoutes } from './audit-routes.ts'
import { addInviteRoutes } from './invite-routes.ts'
import { addOwnRoutes } from './own-routes.ts'
import { addSecondFactorRoutes } from './second-factor-routes.ts'
import { addSettingsRoutes } from './settings-routes.ts'
import { addTokenRoutes, type TokenRouteOptions } from './token-routes.ts'
import { addUserRoutes } from './user-routes.ts'

export interface AccessRouteOptions extends TokenRouteOptions {
  readonly people: Users & OwnAccounts
  readonly invites: InviteDesk
  readonly audit: AuditReader
  readonly settings: SettingsReader
}

export function addAccessRoutes(app: FastifyInstance, options: AccessRouteOptions): void {
  addUserRoutes(app, options)
  addInviteRoutes(app, options)
  addTokenRoutes(app, options)
  addOwnRoutes(app, options.people)
  addSecondFactorRoutes(app, options.people)
  addAuditRoutes(app, options.audit)
  addSettingsRoutes(app, options.settings)
}
