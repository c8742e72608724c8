// Owns what makes no sense in a rule that its schema allows, in words that a person understands.
import type { DownCondition, FillsCondition, MetricCondition, RuleDraft } from '../api/rule.ts'
import type { Locale } from '../format/locale.ts'
import { METRICS } from '../metrics/catalogue.ts'
import { findDerived, findMeasure } from '../metrics/derived.ts'
import { ANY_ATTRIBUTE } from '../metrics/attribute-words.ts'
import { limitText } from './measure-words.ts'
import { spanInWords } from './phrase.ts'
import { plainLine } from './plain-line.ts'

export interface DraftProblem {
  /** Where in the draft, as `condition.clearAt`. */
  readonly field: string
  readonly sentence: string
}

type Say = (field: string, en: string, fr: string) => void

/** Empty for a rule that can be saved. */
export function draftProblems(draft: RuleDraft, locale: Locale): DraftProblem[] {
  const problems: DraftProblem[] = []
  const say: Say = (field, en, fr) => {
    problems.push({ field, sentence: locale === 'fr' ? fr : en })
  }
  if (plainLine(draft.name) === '') {
    say('name', 'Give the rule a name.', 'Donnez un nom à la règle.')
  }
  const { condition } = draft
  if (condition.type === 'metric') checkMetric(condition, say, locale)
  if (condition.type === 'fills') checkFills(condition, say, locale)
  if (condition.type === 'down') checkDown(condition, say, locale)
  const twice = draft.recipients.find((one, index) => draft.recipients.indexOf(one) < index)
  if (twice !== undefined) {
    const name = plainLine(twice, 254)
    say('recipients', `${name} is there twice.`, `${name} y figure deux fois.`)
  }
  return problems
}

function checkMetric(condition: MetricCondition, say: Say, locale: Locale): void {
  checkSeries(condition, say, locale)
  checkWindow(condition, say)
  const { operator, threshold, clearAt, metric } = condition
  if (!Number.isFinite(threshold) || !Number.isFinite(clearAt)) {
    const field = Number.isFinite(threshold) ? 'condition.clearAt' : 'condition.threshold'
    say(field, 'Give a number.', 'Indiquez un nombre.')
    return
  }
  const limit = limitText(threshold, metric, locale)
  if (operator === '>' ? clearAt > threshold : clearAt < threshold) {
    const [side, other] = operator === '>' ? ['over', 'less'] : ['under', 'more']
    const [cote, autre] = operator === '>' ? ['Au-dessus', 'moins'] : ['En dessous', 'plus']
    say(
      'condition.clearAt',
      `What is ${side} ${limit} cannot be clear: give ${limit} or ${other}.`,
      `${cote} de ${limit}, ce n’est pas terminé\u00a0: indiquez ${limit} ou ${autre}.`,
    )
  }
  checkReach(condition, say, limit)
}

/** A limit that no value ever passes. */
function checkReach({ metric, operator, threshold }: MetricCondition, say: Say, limit: string) {
  const { unit } = findMeasure(metric)
  const isBounded = unit === '1' || unit === '{bool}'
  if (isBounded && operator === '>' && threshold >= 1) {
    say('condition.threshold', `It is never over ${limit}.`, `Elle ne dépasse jamais ${limit}.`)
  }
  const hasFloor = unit !== 'Cel' && metric !== 'vigie.clock.offset' && unit !== '{value}'
  if (hasFloor && operator === '<' && threshold <= 0) {
    say('condition.threshold', `It is never under ${limit}.`, `Elle n’est jamais sous ${limit}.`)
  }
}

function checkWindow({ statistic, windowMs }: MetricCondition, say: Say): void {
  if (statistic === 'last' && windowMs > 0) {
    say(
      'condition.statistic',
      'The last value has no window: choose the mean, the least or the greatest of it.',
      'La dernière valeur n’a pas de fenêtre\u00a0: choisissez sa moyenne, son minimum ou son maximum.',
    )
  }
  if (statistic !== 'last' && windowMs === 0) {
    say(
      'condition.windowMs',
      'Say over how long, such as 5 minutes.',
      'Indiquez sur quelle durée, par exemple 5\u00a0minutes.',
    )
  }
}

const KNOWN = new Map(METRICS.map((metric) => [metric.name, metric]))
const OWN_NAMES = /^(system|hw|systemd|vigie)\./

function checkSeries({ metric, attributes }: MetricCondition, say: Say, locale: Locale): void {
  const derived = findDerived(metric)
  const known = derived ?? KNOWN.get(metric)
  const name = plainLine(metric, 128)
  if (!known) {
    // Any other name may be a custom metric, which only its senders know.
    if (OWN_NAMES.test(metric)) {
      say(
        'condition.metric',
        `${name} is not a known metric.`,
        `${name} n’est pas une mesure connue.`,
      )
    }
    return
  }
  const odd = Object.keys(attributes).find((each) => !known.attributes.includes(each))
  if (odd !== undefined) {
    const [en, fr] = known.attributes.length
      ? [`it has ${known.attributes.join(', ')}`, `elle a ${known.attributes.join(', ')}`]
      : ['it has none', 'elle n’en a aucun']
    say(
      'condition.attributes',
      `${name} has no attribute ${plainLine(odd)}: ${en}.`,
      `${name} n’a pas d’attribut ${plainLine(odd)}\u00a0: ${fr}.`,
    )
  }
  const missing = derived?.attributes.find((each) => !Object.hasOwn(attributes, each))
  if (missing !== undefined) {
    const any = ANY_ATTRIBUTE[locale][missing] ?? missing
    say(
      'condition.attributes',
      `Say which ${missing}; * is ${any}.`,
      `Indiquez ${missing}\u00a0; * désigne ${any}.`,
    )
  }
}

function checkFills({ withinMs, clearMs }: FillsCondition, say: Say, locale: Locale): void {
  if (clearMs >= withinMs) return
  const within = spanInWords(withinMs, locale)
  say(
    'condition.clearMs',
    `What is full within ${within} cannot be clear: give ${within} or more.`,
    `À moins de ${within}, ce n’est pas terminé\u00a0: indiquez ${within} ou plus.`,
  )
}

function checkDown({ graceMs, stoppedGraceMs }: DownCondition, say: Say, locale: Locale): void {
  if (stoppedGraceMs === null || stoppedGraceMs >= graceMs) return
  const grace = spanInWords(graceMs, locale)
  say(
    'condition.stoppedGraceMs',
    `A host whose agent was stopped gets at least as long as any other: ${grace}.`,
    `Une machine dont l’agent a été arrêté a au moins le même délai que les autres\u00a0: ${grace}.`,
  )
}
