/** Runs work of one lane in the order in which it came, and lanes beside each other. Work must not throw. */
export const createLanes = () => {
  const tails = new Map<string, Promise<void>>()
  let inHand = 0
  return {
    run: (lane: string, work: () => Promise<void>): Promise<void> => {
      inHand += 1
      const tail = (tails.get(lane) ?? Promise.resolve()).then(work).finally(() => {
        inHand -= 1
        if (tails.get(lane) === tail) tails.delete(lane)
      })
      tails.set(lane, tail)
      return tail
    },
    /** Work that has come and is not through; whoever adds work bounds it. */
    size: (): number => inHand,
    idle: async (): Promise<void> => {
      await Promise.allSettled(tails.values())
    },
  }
}
