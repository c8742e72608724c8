// Owns the settings in force over HTTP. They are set where the hub starts, and secrets are only said to be set.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { SettingList } from '@vigie/shared/api/setting'
import type { FastifyInstance } from 'fastify'
import type { SettingsReader } from './access-ports.ts'

export function addSettingsRoutes(app: FastifyInstance, settings: SettingsReader): void {
  app.withTypeProvider<TypeBoxTypeProvider>().get(
    '/settings',
    {
      config: { access: 'admin' },
      schema: {
        summary: 'The settings in force, without secrets',
        tags: ['hub'],
        response: { 200: SettingList },
      },
    },
    () => ({ items: [...settings.list()] }),
  )
}
