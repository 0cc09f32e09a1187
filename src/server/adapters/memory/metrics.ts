import type { Metrics } from '../../core/ports/metrics.ts'

/** Measures nothing. */
export const createNoMetrics = (): Metrics => ({
  count: () => {},
  add: () => {},
  observe: () => {},
  gauge: () => {},
})

/** Keeps what was counted and observed, as `name label label`. */
export function createMemoryMetrics() {
  const counts = new Map<string, number>()
  const observed = new Map<string, number[]>()
  const metrics: Metrics = {
    count: (name, ...labels) => metrics.add(name, 1, ...labels),
    add: (name, by, ...labels) => {
      const key = [name, ...labels].join(' ')
      counts.set(key, (counts.get(key) ?? 0) + by)
    },
    observe: (name, seconds, ...labels) => {
      const key = [name, ...labels].join(' ')
      observed.set(key, [...(observed.get(key) ?? []), seconds])
    },
    gauge: () => {},
  }
  return { ...metrics, counts, observed }
}
