// Owns what the settings say of how mail leaves the hub: each way with its setting, and how to set what is not.
import type { MailSetup } from '@vigie/shared/api/mail'
import { formatMoment } from '../format/moment.ts'
import { fixed } from '../format/number.ts'
import type { Speaker } from '../incidents/mail-words.ts'

export interface MailWay {
  readonly id: string
  readonly name: string
  /** Null where it is not set. */
  readonly text: string | null
  /** What it does, or does not do while it is not set. */
  readonly note: string
  /** The setting that says it. */
  readonly setting: string
  /** As somebody would write it. */
  readonly example: string
}

export function mailWays(setup: MailSetup, speaker: Speaker): MailWay[] {
  const { t, locale } = speaker
  const way = (
    id: 'relay' | 'fallback' | 'from' | 'webhook',
    text: string | null,
    [setting, example]: readonly [string, string],
  ): MailWay => ({
    id,
    name: t(`mail:way_${id}`),
    text,
    note: t(text === null ? `mail:without_${id}` : `mail:with_${id}`),
    setting,
    example: `${setting}=${example}`,
  })
  const relay = 'smtps://user:password@relay.example.org:465'
  return [
    way('relay', setup.relay, ['VIGIE_SMTP_URL', relay]),
    way('fallback', setup.fallbackRelay, ['VIGIE_SMTP_FALLBACK_URL', relay]),
    way('from', setup.from, ['VIGIE_MAIL_FROM', 'vigie@example.org']),
    way('webhook', setup.webhook, ['VIGIE_WEBHOOK_URL', 'https://chat.example.org/hooks/vigie']),
    heartbeatWay(setup, speaker),
    {
      id: 'cap',
      name: t('mail:way_cap'),
      text: t('mail:perHour', {
        count: setup.maxMailsPerHour,
        number: fixed(setup.maxMailsPerHour, 0, locale),
      }),
      note: t('mail:with_cap'),
      setting: 'VIGIE_MAIL_PER_HOUR',
      example: 'VIGIE_MAIL_PER_HOUR=20',
    },
  ]
}

function heartbeatWay({ heartbeat }: MailSetup, { t, locale, nowMs }: Speaker): MailWay {
  const setting = 'VIGIE_HEARTBEAT_URL'
  const way = { id: 'heartbeat', name: t('mail:way_heartbeat'), setting }
  const example = `${setting}=https://watch.example.org/ping/vigie`
  if (heartbeat === null) return { ...way, text: null, note: t('mail:without_heartbeat'), example }
  const { host, lastMs, answer } = heartbeat
  const note =
    lastMs === null
      ? t('mail:heartbeatNever')
      : t('mail:heartbeatLast', {
          time: formatMoment(lastMs, nowMs, locale),
          answer: answer ?? t('mail:noAnswer'),
        })
  return { ...way, text: host, note, example }
}
