import { expect, it } from 'vitest'
import { createMemoryMetrics } from '../../adapters/memory/metrics.ts'
import { createTestCtx } from '../context.testing.ts'
import { meterLimiter, meterSecurity, meterSlots } from './metered.ts'

it('counts what a limit refuses by its kind, and not what it lets through', async () => {
  const { ctx } = createTestCtx()
  const metrics = createMemoryMetrics()
  const limiter = meterLimiter(ctx.limiter, metrics)
  for (const allowed of [true, false, false])
    expect((await limiter.take('message:user:7', 1, 1_000)).allowed).toBe(allowed)
  const slots = meterSlots(ctx.slots, metrics)
  expect(await slots.acquire('raw:7', 'a', 1)).toBe(true)
  expect(await slots.acquire('raw:7', 'b', 1)).toBe(false)
  expect(Object.fromEntries(metrics.counts)).toEqual({
    'peyk_limiter_hits_total message': 2,
    'peyk_limiter_hits_total sockets_raw': 1,
  })
})

it('counts security events by their kind, without whom they are about', () => {
  const { ctx } = createTestCtx()
  const metrics = createMemoryMetrics()
  const event = { workspaceId: 1, userId: 7, address: '203.0.113.9', detail: {} }
  meterSecurity(ctx.security, metrics).note({ kind: 'blacklisted', ...event })
  meterSecurity(ctx.security, metrics).note({ kind: 'blacklisted', ...event, count: 4 })
  expect([...metrics.counts]).toEqual([['peyk_security_events_total blacklisted', 5]])
})
