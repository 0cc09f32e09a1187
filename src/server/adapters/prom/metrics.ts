import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { METRICS, type MetricDescription, type Metrics } from '../../core/ports/metrics.ts'

/** Round a LAN, round the world, and as long as a platform may be waited for. */
const BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
/** A gauge whose reading fails or hangs is left out; the others are still told. */
const MAX_READING_MS = 2_000

/** Metrics in Prometheus' text format. Combinations of labels are bound once: counting then costs no lookup by object. */
export function createPromMetrics(): Metrics & { text(): Promise<{ type: string; body: string }> } {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const counters = new Map<string, Counter>()
  const timings = new Map<string, Histogram>()
  const gauges = new Map<string, Gauge>()
  for (const [name, { kind, labels, help }] of Object.entries<MetricDescription>(METRICS)) {
    const options = { name, help, labelNames: labels, registers: [registry] }
    if (kind === 'counter') counters.set(name, new Counter(options))
    if (kind === 'timing') timings.set(name, new Histogram({ ...options, buckets: BUCKETS }))
    if (kind === 'gauge') gauges.set(name, new Gauge(options))
  }
  const incs = new Map<string, { inc(by: number): void }>()
  const observers = new Map<string, { observe(value: number): void }>()
  const readings = new Map<string, () => Promise<void>>()
  const add: Metrics['add'] = (name, by, ...labels) => {
    const key = `${name}|${labels.join('|')}`
    const bound = incs.get(key) ?? bind(incs, key, counters.get(name)?.labels(...labels))
    bound?.inc(by)
  }
  return {
    count: (name, ...labels) => add(name, 1, ...labels),
    add,
    observe(name, seconds, ...labels) {
      const key = `${name}|${labels.join('|')}`
      const bound = observers.get(key) ?? bind(observers, key, timings.get(name)?.labels(...labels))
      bound?.observe(seconds)
    },
    gauge(name, read) {
      const gauge = gauges.get(name)
      if (gauge) readings.set(name, () => take(gauge, METRICS[name].labels[0], read))
    },
    async text() {
      await Promise.all([...readings.values()].map((reading) => reading()))
      return { type: registry.contentType, body: await registry.metrics() }
    },
  }
}

function bind<T>(bound: Map<string, T>, key: string, fresh: T | undefined): T | undefined {
  if (fresh) bound.set(key, fresh)
  return fresh
}

async function take(
  gauge: Gauge,
  label: string,
  read: () => Record<string, number> | Promise<Record<string, number>>,
) {
  const values = await withinTime(async () => read()).catch(() => ({}))
  gauge.reset()
  for (const [value, number] of Object.entries(values)) gauge.set({ [label]: value }, number)
}

function withinTime<T>(read: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The reading took too long')), MAX_READING_MS)
    read()
      .then(resolve, reject)
      .finally(() => clearTimeout(timer))
  })
}
