/** Runs a task after what is ready now; setImmediate, or a simulation's own order. */
export type NextTurn = (task: () => void) => void
