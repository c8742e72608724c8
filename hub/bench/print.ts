// Owns how benchmarks tell what they measured: one JSON object a line.

export interface Figure {
  readonly name: string
  readonly value: number
  /** UCUM. */
  readonly unit: string
  readonly better: 'lower' | 'higher'
  /** Under which conditions. */
  readonly note: string
}

export function print(figure: Figure): void {
  console.log(JSON.stringify({ ...figure, value: Number(figure.value.toPrecision(4)) }))
}
