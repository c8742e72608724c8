// Owns the metric catalogue (../metrics/catalogue.ts) as the API shows it.
import { Type, type Static } from 'typebox'

export const MetricsCatalogue = Type.Object({
  items: Type.Array(
    Type.Object({
      name: Type.String(),
      unit: Type.String({ description: 'UCUM, as OpenTelemetry writes it' }),
      step: Type.Number({ description: 'The precision that is kept, in the unit' }),
      attributes: Type.Array(Type.String()),
      label: Type.Object({ en: Type.String(), fr: Type.String() }),
      better: Type.Union([Type.Literal('lower'), Type.Literal('higher'), Type.Literal('none')]),
      group: Type.String(),
    }),
  ),
})
export type MetricsCatalogue = Static<typeof MetricsCatalogue>
