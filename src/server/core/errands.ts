/** Small jobs beside the work, which nothing waits for but the end. */
interface Errands {
  /** Begins one unless too many are under way; where it fails, that is told of and left so. */
  run(errand: () => Promise<void>, failed: (err: unknown) => void): void
  idle(): Promise<void>
}

/** Errands of which so many are under way at the most. */
export function createErrands(most: number): Errands {
  const underWay = new Set<Promise<void>>()
  return {
    run(errand, failed) {
      if (underWay.size >= most) return
      const running = errand()
        .catch(failed)
        .finally(() => void underWay.delete(running))
      underWay.add(running)
    },
    idle: async () => void (await Promise.all(underWay)),
  }
}
