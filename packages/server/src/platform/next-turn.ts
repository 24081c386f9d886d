// Long work in slices: between two of them the event loop gets to everything else that waits.

export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
