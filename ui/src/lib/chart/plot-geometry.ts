// Owns the measures that all plots share, so that pairs of charts line up. CSS pixels.

/** Above the plot, where markers live and the top number has room. */
export const LANE_PX = 12
/** Below it, for the times. */
export const AXIS_PX = 20
/** How far a picture reaches beyond the right edge, to glide into sight until it is painted anew. */
export const GLIDE_PX = 32
/** Of a whole plot with its lane and its times. */
export const PLOT_PX = 176
