// Owns the letter that brings a link: an invite to the hub, or a new password.
import type { InviteKind } from '@vigie/shared/api/invite'
import type { Locale } from '@vigie/shared/format/locale'
import { plainLine } from '@vigie/shared/alerts/plain-line'
import { renderHtml } from './html-page.ts'
import { renderText } from './plain-text.ts'

export interface InviteFacts {
  readonly kind: InviteKind
  /** Holds a secret that is good once: this letter is kept nowhere. */
  readonly url: string
  /** Who made it. */
  readonly by: string
  readonly days: number
}

const WORDS = {
  en: {
    invite: {
      title: 'You are invited to Vigie',
      lead: (by: string) => `${by} gives you an account on this hub, which watches over machines.`,
      button: 'Create my account',
    },
    reset: {
      title: 'Choose a new password',
      lead: (by: string) => `${by} lets you choose a new password for your account on this hub.`,
      button: 'Choose a password',
    },
    kicker: 'Vigie',
    life: (days: number) =>
      `The link is good once, for ${days === 1 ? 'a day' : `${days} days`}. Whoever has it comes in under your name: do not pass it on.`,
    footer: 'If you expect nothing of the kind, leave the link alone and nothing happens.',
  },
  fr: {
    invite: {
      title: 'Vous êtes invité sur Vigie',
      lead: (by: string) => `${by} vous ouvre un compte sur ce hub, qui veille sur des machines.`,
      button: 'Créer mon compte',
    },
    reset: {
      title: 'Choisissez un nouveau mot de passe',
      lead: (by: string) =>
        `${by} vous permet de choisir un nouveau mot de passe pour votre compte sur ce hub.`,
      button: 'Choisir un mot de passe',
    },
    kicker: 'Vigie',
    life: (days: number) =>
      `Le lien sert une fois, pendant ${days === 1 ? 'un jour' : `${days} jours`}. Qui le détient entre sous votre nom\u202f: ne le transmettez pas.`,
    footer: 'Si vous n’attendez rien de tel, laissez ce lien\u202f: il ne se passera rien.',
  },
} as const

export function inviteLetter({ kind, url, by, days }: InviteFacts, locale: Locale) {
  const words = WORDS[locale]
  const { title, lead, button } = words[kind]
  const content = {
    tone: 'calm',
    kicker: words.kicker,
    mark: 'Vigie',
    title,
    titleUrl: null,
    preheader: lead(plainLine(by, 80)),
    blocks: [
      { type: 'words', words: [lead(plainLine(by, 80))] },
      { type: 'actions', actions: [{ label: button, url }] },
      { type: 'words', words: [words.life(days)], isFact: true },
    ],
    footer: [words.footer],
  } as const
  return {
    subject: `Vigie: ${title}`,
    text: renderText(content, locale),
    html: renderHtml(content, locale),
  }
}
