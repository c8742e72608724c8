// Owns what a letter is made of before it is HTML or plain text: both say the same, because both are drawn from this.

/** A run of words; links and what stands out are marked. */
export type Inline =
  string | { readonly strong: string } | { readonly link: string; readonly url: string }

export function plainWords(words: readonly Inline[]): string {
  return words
    .map((word) => (typeof word === 'string' ? word : 'strong' in word ? word.strong : word.link))
    .join('')
}

export interface Measure {
  readonly label: string
  readonly value: string
  readonly limit: string
  /** How far the bar and the mark of the limit reach, 0 to 1; null draws none. */
  readonly bar: { readonly value: number; readonly limit: number } | null
}

export interface Picture {
  readonly alt: string
  /** Content-IDs. */
  readonly light: string
  readonly dark: string
}

export type Block =
  /** `isFact`: beside the point, and smaller. */
  | { readonly type: 'words'; readonly words: readonly Inline[]; readonly isFact?: boolean }
  | { readonly type: 'actions'; readonly actions: readonly { label: string; url: string }[] }
  | { readonly type: 'heading'; readonly text: string; readonly note?: string }
  | {
      readonly type: 'measures'
      readonly value: string
      readonly limit: string
      readonly rows: readonly Measure[]
    }
  | {
      readonly type: 'chart'
      /** Null where none could be drawn: the words stand for it. */
      readonly picture: Picture | null
      readonly sparkline: string
      readonly words: string
    }
  | {
      readonly type: 'table'
      readonly columns: readonly string[]
      /** The first column is text, the others are figures. */
      readonly rows: readonly (readonly string[])[]
    }
  | {
      readonly type: 'list'
      readonly items: readonly {
        readonly text: string
        readonly url: string | null
        readonly note: string
      }[]
    }
  /** Many short names in running text. */
  | { readonly type: 'names'; readonly items: readonly { text: string; url: string | null }[] }

export type Tone = 'crisis' | 'warning' | 'over' | 'calm'

export interface LetterContent {
  readonly tone: Tone
  /** Above the title, in the tone's colour: "Crisis". */
  readonly kicker: string
  /** Across from it: "Vigie, incident 219". */
  readonly mark: string
  readonly title: string
  readonly titleUrl: string | null
  /** What lists of mails show after the subject. */
  readonly preheader: string
  readonly blocks: readonly Block[]
  readonly footer: readonly Inline[]
}
