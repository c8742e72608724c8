// Owns how a time without values looks: hatched, with what is known of it.
import { LABEL_PX } from './chart-axes.ts'
import { box, hatching, text, widthOf, type Box, type Element } from './elements.ts'
import type { GraphStyle } from './graph.ts'
import type { Theme } from './theme.ts'

/** Narrower ones cannot be seen. */
const LEAST_PX = 1.5

interface HoleStyle {
  readonly theme: Theme
  readonly style: Pick<GraphStyle, 'isTransparent'>
}

export function hole(
  area: Box,
  reason: string | undefined,
  { theme, style }: HoleStyle,
): Element[] {
  if (area.width < LEAST_PX) return []
  const label = reason === undefined ? undefined : labelOf(reason, area, theme)
  return [
    hatching(area, theme.hatch, label?.ground),
    // Lines of the grid go through a hole; a page behind it is none of ours.
    ...(label && !style.isTransparent ? [box(label.ground, theme.panel, 4)] : []),
    ...(label ? [label.text] : []),
  ]
}

// The reason lies along the hole, or upright in it where it is narrow, or is left out where there is no room.
function labelOf(
  reason: string,
  area: Box,
  theme: Theme,
): { readonly ground: Box; readonly text: Element } | undefined {
  const width = widthOf(reason, LABEL_PX) + 12
  const isTurned = area.width < width
  if (isTurned && (area.width < 14 || area.height < width)) return undefined
  const [left, middle] = [area.left + area.width / 2, area.top + area.height / 2]
  const [wide, high] = isTurned ? [16, width] : [width, 16]
  const ground = { left: left - wide / 2, top: middle - high / 2, width: wide, height: high }
  return {
    ground,
    text: text(reason, {
      left,
      middle,
      size: LABEL_PX,
      colour: theme.text3,
      align: 'center',
      turnedBy: isTurned ? Math.PI / 2 : 0,
      z: 5,
    }),
  }
}
