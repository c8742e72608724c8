// Owns rules over HTTP: which there are, and how people write, change and delete them.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { draftProblems } from '@vigie/shared/alerts/draft-problems'
import { Rule, RULE_LIMITS, RuleDraft, RuleList } from '@vigie/shared/api/rule'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { ProblemError } from '../http/problem.ts'
import type { Rules } from './alert-ports.ts'
import { refuse } from './refused-draft.ts'
import { localeOf } from './request-locale.ts'

const RuleParams = Type.Object({
  id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description: "The rule's id" }),
})

export function addRuleRoutes(app: FastifyInstance, rules: Rules): void {
  const routes = app.withTypeProvider<TypeBoxTypeProvider>()

  routes.get(
    '/rules',
    {
      config: { access: 'viewer', hosts: 'fleet' },
      schema: {
        summary: 'What is watched, when it is a crisis, and who is told',
        tags: ['rules'],
        response: { 200: RuleList },
      },
    },
    () => ({ items: [...rules.list()] }),
  )

  routes.post(
    '/rules',
    {
      config: { access: 'admin', audit: 'rule.create', auditShows: ['name'] },
      schema: {
        summary: 'Add a rule',
        tags: ['rules'],
        body: RuleDraft,
        response: { 201: Rule },
      },
    },
    async (request, reply) => {
      const draft = sensible(request, request.body)
      if (rules.list().length >= RULE_LIMITS.maxRules) {
        throw new ProblemError(
          'limit-reached',
          `There are ${RULE_LIMITS.maxRules} rules: delete one first.`,
        )
      }
      return reply.code(201).send(await rules.create(draft))
    },
  )

  routes.put(
    '/rules/:id',
    {
      config: { access: 'admin', audit: 'rule.change', auditShows: ['name', 'isEnabled'] },
      schema: {
        summary: 'Change a rule; what it watches goes on under the new words',
        tags: ['rules'],
        params: RuleParams,
        body: RuleDraft,
        response: { 200: Rule },
      },
    },
    async (request) => {
      const { id } = request.params
      const changed = await rules.change(id, sensible(request, request.body))
      if (!changed) throw noSuchRule(id)
      return changed
    },
  )

  routes.delete(
    '/rules/:id',
    {
      config: { access: 'admin', audit: 'rule.delete' },
      schema: {
        summary: 'Delete a rule; its open incidents end',
        tags: ['rules'],
        params: RuleParams,
        response: { 204: Type.Null({ description: 'Done' }) },
      },
    },
    async (request, reply) => {
      if (!(await rules.delete(request.params.id))) throw noSuchRule(request.params.id)
      return reply.code(204).send(null)
    },
  )
}

/** The draft, or the problem that says in the reader's language why it makes no sense. */
export function sensible(request: FastifyRequest, draft: RuleDraft, part = 'body'): RuleDraft {
  refuse(draftProblems(draft, localeOf(request)), part)
  return draft
}

function noSuchRule(id: number): ProblemError {
  return new ProblemError('not-found', `There is no rule ${id}.`)
}
