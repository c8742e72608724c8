// Owns drawing in a thread of its own.
import { drawGraph } from './draw-graph.ts'

export default drawGraph
