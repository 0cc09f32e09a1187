/** Everything that is measured, with the names of its labels. A label takes few values: never an id, an address or a path. */
export const METRICS = {
  peyk_http_requests_total: { kind: 'counter', labels: ['route', 'status'], help: 'HTTP requests answered' },
  peyk_limiter_hits_total: {
    kind: 'counter',
    labels: ['kind'],
    help: 'Requests, messages and sockets beyond a limit',
  },
  peyk_security_events_total: { kind: 'counter', labels: ['kind'], help: 'Security events noted' },
  peyk_deliveries_total: {
    kind: 'counter',
    labels: ['outcome'],
    help: 'Attempts to hand a message to its platform',
  },
  peyk_inbound_events_total: { kind: 'counter', labels: ['outcome'], help: 'Platform events processed' },
  peyk_accept_to_delivery_seconds: {
    kind: 'timing',
    labels: ['wire'],
    help: 'From the acceptance of a message to its leaving on a live wire of this node',
  },
  peyk_sockets: { kind: 'gauge', labels: ['kind'], help: 'Open sockets that were let in' },
  peyk_outbox: {
    kind: 'gauge',
    labels: ['of'],
    help: 'Due deliveries, and the age in seconds of the oldest',
  },
  peyk_delivery_queue: {
    kind: 'gauge',
    labels: ['platform'],
    help: 'Unfinished deliveries, those too whose channel is stopped',
  },
  peyk_inbox: {
    kind: 'gauge',
    labels: ['of'],
    help: 'Events to be processed, and the age in seconds of the oldest',
  },
  peyk_database_connections: {
    kind: 'gauge',
    labels: ['state'],
    help: 'Connections of this node to PostgreSQL',
  },
} as const satisfies Record<string, MetricDescription>

export interface MetricDescription {
  kind: 'counter' | 'timing' | 'gauge'
  labels: readonly string[]
  help: string
}

type NameOf<K> = {
  [N in keyof typeof METRICS]: (typeof METRICS)[N]['kind'] extends K ? N : never
}[keyof typeof METRICS]

export type Counter = NameOf<'counter'>
export type Timing = NameOf<'timing'>
export type Gauge = NameOf<'gauge'>

/** What a node measures of itself. Measuring never waits and never fails. */
export interface Metrics {
  /** Label values in the order in which the metric names them. */
  count(name: Counter, ...labels: string[]): void
  add(name: Counter, by: number, ...labels: string[]): void
  observe(name: Timing, seconds: number, ...labels: string[]): void
  /** Read whenever somebody looks; one number per label. */
  gauge(name: Gauge, read: () => Record<string, number> | Promise<Record<string, number>>): void
}

/** What waits in the database for all nodes: how much, and the age of the oldest in seconds. */
export interface Backlog {
  outbox(): Promise<{ due: number; age: number }>
  inbox(): Promise<{ due: number; age: number }>
  /** Unfinished deliveries by the platform of their channel, those too that wait for its reconnection. */
  queues(): Promise<Record<string, number>>
}
