// Owns the making of HTML: a tagged template in which every value is text, unless it was made by the same template.

/** HTML that is safe to send, because {@link html} made it. */
export class Html {
  readonly source: string

  private constructor(source: string) {
    this.source = source
  }

  /** Only for constants of ours, such as a style sheet. */
  static ofOurs(source: string): Html {
    return new Html(source)
  }
}

type Value = Html | string | number | readonly Html[] | null

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
/** Neither HTML nor XML can hold them (XML 1.0, section 2.2). */
const UNHOLDABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g

export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  const source = parts.map((part, index) => part + written(values[index] ?? null)).join('')
  return Html.ofOurs(source)
}

function written(value: Value): string {
  if (value === null) return ''
  if (value instanceof Html) return value.source
  if (typeof value === 'object') return value.map(({ source }) => source).join('')
  return String(value)
    .toWellFormed()
    .replace(UNHOLDABLE, ' ')
    .replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '')
}
