// Owns the measures that all plots share, so that pairs of charts line up. CSS pixels.

/** Above the plot, where markers live and the top number has room. */
export const LANE_PX = 16
/** Below it, for the times. */
export const AXIS_PX = 20
/** How far a picture reaches beyond the right edge, to glide into sight until it is painted anew. */
export const GLIDE_PX = 32
/** Of a whole plot with its lane and its times, where it does not fill the screen. */
export const PLOT_PX = 180

/** How far below the top of a plot a place on its axis is: 0 is the low end, 1 the high end. */
export function topPx(place: number, heightPx = PLOT_PX): number {
  return LANE_PX + (1 - place) * (heightPx - LANE_PX - AXIS_PX)
}
