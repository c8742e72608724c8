// Owns what the hub and the process that reads Debian's security data say to each other.
import { WatchFailureKind } from '@vigie/shared/api/cert-watch'
import { Type, type Static } from 'typebox'

/** What the server said of the data that is kept, by which it can say that it has no other. */
export const DataMark = Type.Object({
  etag: Type.Optional(Type.String({ maxLength: 500 })),
  lastModified: Type.Optional(Type.String({ maxLength: 100 })),
})
export type DataMark = Static<typeof DataMark>

export interface DebianDataJob {
  readonly url: string
  readonly userAgent: string
  readonly timeoutMs: number
  readonly mark: DataMark
}

const count = Type.Integer({ minimum: 0 })

/** `same`: the server has no other than what is kept. */
export const DebianDataAnswer = Type.Union([
  Type.Object({
    is: Type.Literal('read'),
    mark: DataMark,
    /** {@link DebianPackages} as JSON. */
    text: Type.String(),
    packages: count,
    fixes: count,
  }),
  Type.Object({ is: Type.Literal('same') }),
  Type.Object({ is: Type.Literal('failed'), kind: WatchFailureKind, detail: Type.String() }),
])
export type DebianDataAnswer = Static<typeof DebianDataAnswer>
