// Owns what a picture of a host's history may be asked to look like.

export const GRAPH_LIMITS = {
  widthPx: { least: 480, most: 4000 },
  heightPx: { least: 160, most: 8000 },
  metrics: 16,
} as const

export const GRAPH_THEMES = ['light', 'dark'] as const
export type GraphTheme = (typeof GRAPH_THEMES)[number]

export const DEFAULT_GRAPH_WIDTH_PX = 960
