// Owns what is installed on a host over HTTP, in pages.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { lacksOf } from '@vigie/shared/advisories/package-lacks'
import { PackagePage } from '@vigie/shared/api/package-list'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { hostOf, HostParams } from './host-params.ts'
import type { FleetReader, InstalledReader } from './ports.ts'

export interface PackageRouteOptions {
  readonly fleet: FleetReader
  readonly packages: InstalledReader
}

const DEFAULT_PACKAGES = 500

const PackageQuerystring = Type.Object(
  {
    name: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 255,
        description: 'Only packages whose own name or source has this in it, in capitals or not',
      }),
    ),
    after: Type.Optional(
      Type.String({ pattern: '^[0-9]{1,6}$', description: 'The `next` of the page before' }),
    ),
    limit: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1000,
        description: `Packages a page (${DEFAULT_PACKAGES} when left out)`,
      }),
    ),
  },
  { additionalProperties: false },
)

export function addPackageRoutes(
  app: FastifyInstance,
  { fleet, packages }: PackageRouteOptions,
): void {
  app.withTypeProvider<TypeBoxTypeProvider>().get(
    '/hosts/:id/packages',
    {
      config: { access: 'viewer', hosts: 'one' },
      schema: {
        summary: 'What is installed on a host, as its package managers tell it',
        tags: ['hosts'],
        params: HostParams,
        querystring: PackageQuerystring,
        response: { 200: PackagePage },
      },
    },
    async (request) => {
      const { id } = hostOf(fleet, request.params.id)
      const { name = '', after = '0', limit = DEFAULT_PACKAGES } = request.query
      const installed = await packages.of(id)
      const wanted = name.toLowerCase()
      const found = (installed?.packages ?? []).filter((one) =>
        [one.name, one.source ?? ''].some((text) => text.toLowerCase().includes(wanted)),
      )
      const end = Number(after) + limit
      return {
        items: found.slice(Number(after), end),
        next: end < found.length ? String(end) : null,
        total: found.length,
        readMs: installed?.readMs ?? null,
        lacks: lacksOf({ ...installed, packages: installed?.packages.length ?? null }),
      }
    },
  )
}
