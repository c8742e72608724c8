// Owns what administrators do with hosts over HTTP: rename, revoke, retire, merge and delete them, and approve machines.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { HostDetail } from '@vigie/shared/api/host'
import {
  ApprovedMachine,
  HostDeletion,
  HostMerge,
  HostRename,
  RetiredHostList,
  WaitingMachineList,
} from '@vigie/shared/api/host-change'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { ProblemError } from '../http/problem.ts'
import { hostOf, HostParams, noSuchHost } from './host-params.ts'
import type { FleetReader, HostDesk } from './ports.ts'

export interface HostChangeRouteOptions {
  readonly fleet: FleetReader
  readonly hostDesk: HostDesk
}

const WaitingParams = Type.Object({
  id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
})
const nothing = Type.Null({ description: 'Done' })

export function addHostChangeRoutes(app: FastifyInstance, options: HostChangeRouteOptions): void {
  addChanges(app, options)
  addDepartures(app, options)
  addWaiting(app, options.hostDesk)
  app.withTypeProvider<TypeBoxTypeProvider>().get(
    '/retired-hosts',
    {
      config: { access: 'viewer', hosts: 'some' },
      schema: {
        summary: 'The hosts that were retired, of which the history is kept',
        tags: ['hosts'],
        response: { 200: RetiredHostList },
      },
    },
    ({ sight }) => ({ items: options.fleet.retired().filter(({ id }) => sight.sees(id)) }),
  )
}

function addChanges(app: FastifyInstance, { fleet, hostDesk }: HostChangeRouteOptions): void {
  const routes = app.withTypeProvider<TypeBoxTypeProvider>()
  const detail = async (id: number): Promise<HostDetail> => {
    const found = await fleet.detail(id)
    if (!found) throw noSuchHost(id)
    return found
  }
  const described = (summary: string) =>
    ({ summary, tags: ['hosts'], params: HostParams, response: { 200: HostDetail } }) as const

  routes.put(
    '/hosts/:id/name',
    {
      config: { access: 'admin', audit: 'host.rename', auditShows: ['name'] },
      schema: { ...described('Give a host another name, which no other has'), body: HostRename },
    },
    async (request) => {
      const { id } = hostOf(fleet, request.params.id)
      const { name } = request.body
      if (!(await hostDesk.rename(id, name))) {
        throw new ProblemError('name-taken', `Another host is called ${name}.`)
      }
      return detail(id)
    },
  )

  routes.post(
    '/hosts/:id/revoke',
    {
      config: { access: 'admin', audit: 'host.revoke' },
      schema: described(
        'Revoke the key of a host’s agent: its connection ends; an enrolment with `hostId` brings another agent',
      ),
    },
    async (request) => {
      const { id, revokedMs } = await detail(request.params.id)
      if (revokedMs === null) await hostDesk.revoke(id)
      return detail(id)
    },
  )

  routes.post(
    '/hosts/:id/retire',
    {
      config: { access: 'admin', audit: 'host.retire' },
      schema: described('Take a host out of the fleet: it is not watched, and its history stays'),
    },
    async (request) => {
      const { id, retiredMs } = await detail(request.params.id)
      if (retiredMs === null) await hostDesk.retire(id)
      return detail(id)
    },
  )

  routes.post(
    '/hosts/:id/bring-back',
    {
      config: { access: 'admin', audit: 'host.bring-back' },
      schema: described('Bring a retired host back into the fleet'),
    },
    async (request) => {
      const { id, retiredMs } = await detail(request.params.id)
      if (retiredMs !== null) await hostDesk.bringBack(id)
      return detail(id)
    },
  )

  routes.post(
    '/hosts/:id/merge',
    {
      config: { access: 'admin', audit: 'host.merge', auditShows: ['otherId', 'name'] },
      schema: {
        ...described('Give a host the history of another, which is no host any more'),
        body: HostMerge,
      },
    },
    async (request) => {
      const { id, retiredMs } = await detail(request.params.id)
      const other = hostOf(fleet, request.body.otherId)
      if (other.id === id || retiredMs !== null) {
        throw new ProblemError(
          'draft-refused',
          other.id === id
            ? 'Name two hosts: these are one.'
            : 'The host is retired: bring it back first.',
        )
      }
      await hostDesk.merge(id, request.body)
      return detail(id)
    },
  )
}

function addDepartures(app: FastifyInstance, { fleet, hostDesk }: HostChangeRouteOptions): void {
  app.withTypeProvider<TypeBoxTypeProvider>().post(
    '/hosts/:id/delete',
    {
      config: { access: 'admin', audit: 'host.delete', auditShows: ['name'] },
      schema: {
        summary: 'Delete a host and everything that is kept of it; it cannot be undone',
        tags: ['hosts'],
        params: HostParams,
        body: HostDeletion,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      const { id, name } = hostOf(fleet, request.params.id)
      if (request.body.name !== name) {
        throw new ProblemError('draft-refused', `To delete this host, give its name: ${name}.`)
      }
      await hostDesk.delete(id)
      return reply.code(204).send(null)
    },
  )
}

function addWaiting(app: FastifyInstance, hostDesk: HostDesk): void {
  const routes = app.withTypeProvider<TypeBoxTypeProvider>()

  routes.get(
    '/waiting-machines',
    {
      config: { access: 'admin' },
      schema: {
        summary: 'Machines that came with a good token and have yet to be approved',
        tags: ['enrolments'],
        response: { 200: WaitingMachineList },
      },
    },
    async () => ({ items: await hostDesk.waiting() }),
  )

  routes.post(
    '/waiting-machines/:id/approve',
    {
      config: { access: 'admin', audit: 'machine.approve' },
      schema: {
        summary: 'Make a machine that waits a host',
        tags: ['enrolments'],
        params: WaitingParams,
        response: { 200: ApprovedMachine },
      },
    },
    async (request) => {
      const hostId = await hostDesk.approve(request.params.id)
      if (hostId === undefined) throw noSuchMachine()
      return { hostId }
    },
  )

  routes.post(
    '/waiting-machines/:id/refuse',
    {
      config: { access: 'admin', audit: 'machine.refuse' },
      schema: {
        summary: 'Refuse a machine that waits: its key is good for nothing any more',
        tags: ['enrolments'],
        params: WaitingParams,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      if (!(await hostDesk.refuse(request.params.id))) throw noSuchMachine()
      return reply.code(204).send(null)
    },
  )
}

function noSuchMachine(): ProblemError {
  return new ProblemError('not-found', 'No such machine waits.')
}
