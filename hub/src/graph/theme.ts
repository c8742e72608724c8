// Owns the colours of pictures: those of the page (ui/src/lib/styles/tokens.css), light and dark. A test compares them.
import type { GraphTheme } from '@vigie/shared/api/graph'

export type DataColour = 1 | 2 | 3 | 4 | 5 | 6 | 7

export interface Theme {
  readonly panel: string
  readonly text: string
  readonly text2: string
  readonly text3: string
  readonly grid: string
  readonly axis: string
  readonly hatch: string
  /** Of text, and of lines and glyphs. */
  readonly warning: string
  readonly warningFill: string
  readonly data: Readonly<Record<DataColour, string>>
}

export const THEME: Readonly<Record<GraphTheme, Theme>> = {
  light: {
    panel: '#ffffff',
    text: '#13171b',
    text2: '#454e58',
    text3: '#5f6873',
    grid: '#edeff2',
    axis: '#d3d9df',
    hatch: '#cfd5db',
    warning: '#8a5400',
    warningFill: '#c07600',
    data: {
      1: '#0b72b5',
      2: '#bd6a00',
      3: '#00805f',
      4: '#b04a86',
      5: '#857500',
      6: '#c0480c',
      7: '#6a7480',
    },
  },
  dark: {
    panel: '#14171a',
    text: '#e8eaed',
    text2: '#b0b7c0',
    text3: '#8b949f',
    grid: '#1f2328',
    axis: '#30363c',
    hatch: '#363d44',
    warning: '#e5ab43',
    warningFill: '#e5ab43',
    data: {
      1: '#58aae8',
      2: '#e8a541',
      3: '#34b593',
      4: '#dd8fba',
      5: '#d9cf5b',
      6: '#ea7b45',
      7: '#939daa',
    },
  },
}
