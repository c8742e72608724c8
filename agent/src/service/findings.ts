// Owns what doctor finds: a thing that it looked at, how it is, and what to do.

export interface Finding {
  readonly about: string
  /** `lack`: something is not shown, and that may be as wanted. `bad`: the agent does not work as it should. */
  readonly is: 'good' | 'lack' | 'bad' | 'unknown'
  readonly why: string
  /** What to run, or to do. */
  readonly fix?: string
}

export const good = (about: string, why: string): Finding => ({ about, is: 'good', why })

export function findingLines({ about, is, why, fix }: Finding): string[] {
  const mark = { good: 'ok  ', lack: 'lack', bad: 'BAD ', unknown: '?   ' }[is]
  return [`${mark}  ${about}: ${why}`, ...(fix === undefined ? [] : [`      do: ${fix}`])]
}
