// Owns which language a request asks to be answered in (RFC 9110, section 12.5.4).
import { LOCALES, type Locale } from '@vigie/shared/format/locale'
import type { FastifyRequest } from 'fastify'

export function localeOf({ headers }: Pick<FastifyRequest, 'headers'>): Locale {
  const wanted = (headers['accept-language'] ?? '')
    .split(',')
    .map((range) => {
      const [tag = '', ...parameters] = range.trim().split(';')
      const quality = parameters.map((one) => /^\s*q=([\d.]+)$/.exec(one)?.[1]).find(Boolean)
      return { language: tag.split('-')[0]?.toLowerCase(), quality: Number(quality ?? 1) }
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
  for (const { language } of wanted) {
    const locale = LOCALES.find((known) => known === language)
    if (locale) return locale
  }
  return 'en'
}
