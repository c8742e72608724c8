// Owns how Vigie names itself to the sources that it reads.

export interface SourceIdentity {
  readonly version: string
  /** Where those who run the source can ask about these visits; undefined where nobody has said. */
  readonly contactUrl: string | undefined
}

/** Honest, so that who does not want these visits can say so, to us or in robots.txt. */
export function userAgentOf({ version, contactUrl }: SourceIdentity): string {
  return contactUrl === undefined ? `Vigie/${version}` : `Vigie/${version} (+${contactUrl})`
}
