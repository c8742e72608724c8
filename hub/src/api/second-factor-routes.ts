// Owns the second factor over HTTP, as people set it up for themselves.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import {
  AppCode,
  PasswordProof,
  RecoveryCodes,
  SecondFactorSetup,
  SecondFactorState,
} from '@vigie/shared/api/own-account'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { ProblemError } from '../http/problem.ts'
import type { OwnAccounts } from './access-ports.ts'
import { findOwner, ownerOf, PASSWORD_TRIES, unproven } from './own-routes.ts'

const OFF = { isOn: false, recoveryCodesLeft: 0, isDemanded: false }

function own(audit: string) {
  return { access: 'viewer', hosts: 'none', audit, ...PASSWORD_TRIES } as const
}

export function addSecondFactorRoutes(app: FastifyInstance, people: OwnAccounts): void {
  addSetUp(app, people)
  addLater(app, people)
}

function addSetUp(app: FastifyInstance, people: OwnAccounts): void {
  const routes = app.withTypeProvider<TypeBoxTypeProvider>()

  routes.get(
    '/me/second-factor',
    {
      config: { access: 'viewer', hosts: 'none', setsUpSecondFactor: true },
      schema: {
        summary: 'Whether your second factor is on',
        tags: ['me'],
        response: { 200: SecondFactorState },
      },
    },
    async (request) => {
      const owner = await findOwner(people, request)
      return owner ? people.own.secondFactorState(owner) : OFF
    },
  )

  routes.post(
    '/me/second-factor',
    {
      config: { ...own('own.second-factor.begin'), setsUpSecondFactor: true },
      schema: {
        summary: 'Begin to set up a second factor: what an app for codes needs to know',
        description: 'It is on once a code of the app was confirmed.',
        tags: ['me'],
        body: PasswordProof,
        response: { 201: SecondFactorSetup },
      },
    },
    async (request, reply) => {
      const owner = await ownerOf(people, request)
      const setup = await people.own.beginSecondFactor(owner, request.body.password)
      if (setup === 'already-on') {
        throw new ProblemError('second-factor-on', 'Take it away first to set up another.')
      }
      if (typeof setup === 'string') throw unproven(setup)
      return reply.code(201).send(setup)
    },
  )

  routes.post(
    '/me/second-factor/confirm',
    {
      config: { ...own('own.second-factor.on'), setsUpSecondFactor: true },
      schema: {
        summary: 'Confirm a code of the app: the second factor is on, and here are recovery codes',
        tags: ['me'],
        body: AppCode,
        response: { 200: RecoveryCodes },
      },
    },
    async (request, reply) => {
      const owner = await ownerOf(people, request)
      const confirmed = await people.own.confirmSecondFactor(owner, request.body.code)
      if (!confirmed) {
        throw new ProblemError(
          'wrong-code',
          'Is the clock of the phone right? Wait for the next code.',
        )
      }
      if ('waitMs' in confirmed) {
        reply.header('retry-after', Math.ceil(confirmed.waitMs / 1000))
        throw new ProblemError(
          'too-many-requests',
          'There were too many wrong codes: wait a while, or begin again.',
        )
      }
      for (const cookie of confirmed.cookies) reply.header('set-cookie', cookie)
      return { codes: confirmed.codes }
    },
  )
}

function addLater(app: FastifyInstance, people: OwnAccounts): void {
  const routes = app.withTypeProvider<TypeBoxTypeProvider>()

  routes.post(
    '/me/second-factor/recovery-codes',
    {
      config: own('own.second-factor.recovery-codes'),
      schema: {
        summary: 'New recovery codes; the ones before are good no more',
        tags: ['me'],
        body: PasswordProof,
        response: { 200: RecoveryCodes },
      },
    },
    async (request) => {
      const owner = await ownerOf(people, request)
      const codes = await people.own.renewRecoveryCodes(owner, request.body.password)
      if (codes === undefined) throw new ProblemError('second-factor-off')
      if (typeof codes === 'string') throw unproven(codes)
      return { codes }
    },
  )

  routes.post(
    '/me/second-factor/disable',
    {
      config: own('own.second-factor.off'),
      schema: {
        summary: 'Take your second factor away',
        tags: ['me'],
        body: PasswordProof,
        response: { 204: Type.Null({ description: 'Done' }) },
      },
    },
    async (request, reply) => {
      const owner = await ownerOf(people, request)
      const outcome = await people.own.disableSecondFactor(owner, request.body.password)
      if (outcome === 'demanded') {
        throw new ProblemError(
          'second-factor-demanded',
          'It stays on; for another phone, an administrator takes it away and you set it up anew.',
        )
      }
      if (outcome !== 'done') throw unproven(outcome)
      return reply.code(204).send(null)
    },
  )
}
