import { describe, expect, it } from 'vitest'
import { METRICS } from '../../core/ports/metrics.ts'
import { createPromMetrics } from './metrics.ts'

const linesOf = async (metrics: ReturnType<typeof createPromMetrics>) =>
  (await metrics.text()).body.split('\n').filter((line) => line.startsWith('peyk_'))

describe('the metrics', () => {
  it('count, by label', async () => {
    const metrics = createPromMetrics()
    metrics.count('peyk_http_requests_total', 'rest', '200')
    metrics.count('peyk_http_requests_total', 'rest', '200')
    metrics.count('peyk_http_requests_total', 'page', '404')
    expect(await linesOf(metrics)).toEqual([
      'peyk_http_requests_total{route="rest",status="200"} 2',
      'peyk_http_requests_total{route="page",status="404"} 1',
    ])
  })

  it('time, in buckets', async () => {
    const metrics = createPromMetrics()
    metrics.observe('peyk_accept_to_delivery_seconds', 0.003, 'raw')
    metrics.observe('peyk_accept_to_delivery_seconds', 0.2, 'raw')
    const lines = await linesOf(metrics)
    expect(lines).toContain('peyk_accept_to_delivery_seconds_bucket{le="0.002",wire="raw"} 0')
    expect(lines).toContain('peyk_accept_to_delivery_seconds_bucket{le="0.005",wire="raw"} 1')
    expect(lines).toContain('peyk_accept_to_delivery_seconds_count{wire="raw"} 2')
  })

  it('read gauges when somebody looks, and leave out one that fails', async () => {
    const metrics = createPromMetrics()
    let open = 1
    metrics.gauge('peyk_sockets', () => ({ chat: open }))
    metrics.gauge('peyk_outbox', () => Promise.reject(new Error('the database is away')))
    expect(await linesOf(metrics)).toEqual(['peyk_sockets{kind="chat"} 1'])
    open = 2
    expect(await linesOf(metrics)).toEqual(['peyk_sockets{kind="chat"} 2'])
  })

  it('tell of the process itself', async () => {
    const { type, body } = await createPromMetrics().text()
    expect(type).toContain('text/plain')
    expect(body).toMatch(/^nodejs_eventloop_lag_p99_seconds /m)
    expect(body).toMatch(/^process_resident_memory_bytes /m)
  })

  it('have no label that could name somebody', () => {
    const labels = new Set(Object.values(METRICS).flatMap(({ labels }): string[] => [...labels]))
    expect([...labels].sort()).toEqual([
      'kind',
      'of',
      'outcome',
      'platform',
      'route',
      'state',
      'status',
      'wire',
    ])
  })
})
