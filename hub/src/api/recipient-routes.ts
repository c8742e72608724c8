// Owns over HTTP how mail leaves the hub: who is mailed and how, and the test that sends each kind.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import {
  MailSetup,
  MailTestList,
  MailTestRequest,
  Recipient,
  RecipientDraft,
} from '@vigie/shared/api/mail'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { ProblemError } from '../http/problem.ts'
import type { MailDesk } from './mail-ports.ts'
import { zoneOf } from './time-zone.ts'

export interface RecipientRouteOptions {
  readonly mailDesk: MailDesk
}

const RecipientParams = Type.Object({ address: Recipient.properties.address })
const MAX_RECIPIENTS = 200
/** Each test is a dozen mails: what a person needs to get a relay right, and no way to flood a stranger. */
const TESTS = { rateLimit: { max: 10, timeWindow: '1 hour' } }

export function addRecipientRoutes(app: FastifyInstance, options: RecipientRouteOptions): void {
  const { mailDesk } = options
  const routes = app.withTypeProvider<TypeBoxTypeProvider>()

  routes.get(
    '/mail',
    {
      config: { access: 'viewer', hosts: 'fleet' },
      schema: {
        summary: 'How mail leaves this hub, and who is mailed; never a password',
        tags: ['mails'],
        response: { 200: MailSetup },
      },
    },
    () => mailDesk.setup(),
  )

  routes.put(
    '/mail/recipients/:address',
    {
      config: { access: 'admin', audit: 'recipient.change' },
      schema: {
        summary: 'Add a recipient, or change how one is mailed',
        tags: ['mails'],
        params: RecipientParams,
        body: RecipientDraft,
        response: { 200: Recipient },
      },
    },
    async (request) => {
      const { address } = request.params
      const { recipients } = await mailDesk.setup()
      const isNew = !recipients.some((known) => known.address === address)
      if (isNew && recipients.length >= MAX_RECIPIENTS) {
        throw new ProblemError(
          'limit-reached',
          `There are ${MAX_RECIPIENTS} recipients: remove one first, or mail a list.`,
        )
      }
      return mailDesk.putRecipient(address, {
        ...request.body,
        zone: zoneOf('body/zone', request.body.zone),
      })
    },
  )

  routes.delete(
    '/mail/recipients/:address',
    {
      config: { access: 'admin', audit: 'recipient.delete' },
      schema: {
        summary: 'Take a recipient off; rules that name it mail it on',
        tags: ['mails'],
        params: RecipientParams,
        response: { 204: Type.Null({ description: 'Done' }) },
      },
    },
    async (request, reply) => {
      const { address } = request.params
      const known = (await mailDesk.setup()).recipients.find((one) => one.address === address)
      if (known?.isFromSettings) {
        throw new ProblemError(
          'set-elsewhere',
          `${address} stands in VIGIE_MAIL_TO: take it out there and start the hub again.`,
        )
      }
      if (!known || !(await mailDesk.deleteRecipient(address))) {
        throw new ProblemError('not-found', `There is no recipient ${address}.`)
      }
      return reply.code(204).send(null)
    },
  )

  addTest(app, mailDesk)
}

function addTest(app: FastifyInstance, mailDesk: MailDesk): void {
  app.withTypeProvider<TypeBoxTypeProvider>().post(
    '/mail/test',
    {
      config: { access: 'admin', audit: 'mail.test', ...TESTS },
      schema: {
        summary: 'Send one mail of each kind through the outbox',
        description: 'The ledger (/mails/{id}) says what the relay answers to each.',
        tags: ['mails'],
        body: MailTestRequest,
        response: { 202: MailTestList },
      },
    },
    async (request, reply) => {
      if ((await mailDesk.setup()).relay === null) {
        throw new ProblemError(
          'mail-not-set',
          'No relay is set: give the hub VIGIE_SMTP_URL and start it again.',
        )
      }
      return reply.code(202).send({ items: [...(await mailDesk.sendTests(request.body.to))] })
    },
  )
}
