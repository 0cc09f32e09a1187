import { describe, expect, it } from 'vitest'
import { Clock } from '../../clock.ts'
import { eventually } from '../../receiver.testing.ts'
import { startCast, startReceiver } from '../emulator.testing.ts'

// Nothing listens there, and nothing is to be delivered.
const NOWHERE = 'http://127.0.0.1:9/hook'

async function startTimed() {
  const clock = new Clock(Date.UTC(2026, 10, 22))
  const cast = await startCast({ clock })
  const set = (params: object) => {
    clock.advance(1_000)
    return cast.call('setWebhook', { url: NOWHERE, ...params })
  }
  return { ...cast, clock, set, info: () => cast.call('getWebhookInfo') }
}

describe('setWebhook', () => {
  it('says that the webhook was set, and that it already is', async () => {
    await using cast = await startTimed()
    expect(await cast.set({})).toMatchObject({ ok: true, result: true, description: 'Webhook was set' })
    expect(await cast.set({})).toMatchObject({
      ok: true,
      result: true,
      description: 'Webhook is already set',
    })
    expect(await cast.set({ secret_token: 'other' })).toMatchObject({ description: 'Webhook was set' })
  })

  it('is refused more than once a second', async () => {
    await using cast = await startTimed()
    expect((await cast.set({})).status).toBe(200)
    cast.clock.advance(999)
    const refused = await cast.call('setWebhook', { url: NOWHERE })
    expect(refused).toMatchObject({
      status: 429,
      description: 'Too Many Requests: retry after 1',
      parameters: { retry_after: 1 },
    })
    cast.clock.advance(1)
    expect((await cast.call('setWebhook', { url: NOWHERE })).status).toBe(200)
  })

  it.each([
    [{ url: 'ftp://peyk.test/hook' }, 'invalid webhook URL specified'],
    [{ url: 'not a url' }, 'invalid webhook URL specified'],
    [{ secret_token: 'x'.repeat(257) }, 'secret token is too long'],
    [{ secret_token: 'with space' }, 'secret token contains unallowed characters'],
    [{ secret_token: 'سلام' }, 'secret token contains unallowed characters'],
  ])('refuses %j, and then no webhook is left', async (params, reason) => {
    await using cast = await startTimed()
    await cast.set({})
    expect(await cast.set(params)).toMatchObject({ status: 400, description: `Bad Request: ${reason}` })
    expect(await cast.info()).toMatchObject({ result: { url: '' } })
  })

  it('takes a secret of 256 letters, digits, underscores and hyphens', async () => {
    await using cast = await startTimed()
    expect((await cast.set({ secret_token: 'aZ0_-'.padEnd(256, 'x') })).status).toBe(200)
  })

  it('brings max_connections into 1 to 100, 40 unless told', async () => {
    await using cast = await startTimed()
    for (const [asked, given] of [
      [undefined, 40],
      [0, 1],
      [1000, 100],
      [7, 7],
    ]) {
      await cast.set({ max_connections: asked })
      expect(await cast.info()).toMatchObject({ result: { max_connections: given } })
    }
  })

  it('keeps the kinds asked for until others are asked for; an empty list is the default', async () => {
    await using cast = await startTimed()
    await cast.set({ allowed_updates: ['message', 'message_reaction', 'nonsense'] })
    const kinds = { result: { allowed_updates: ['message', 'message_reaction'] } }
    expect(await cast.info()).toMatchObject(kinds)
    await cast.set({ secret_token: 'other' })
    expect(await cast.info()).toMatchObject(kinds)
    await cast.set({ allowed_updates: [] })
    expect((await cast.info()).result).not.toHaveProperty('allowed_updates')
  })

  it('drops what is pending only when told to', async () => {
    await using cast = await startTimed()
    cast.write(cast.kim, 'before')
    await cast.set({})
    expect(await cast.info()).toMatchObject({ result: { pending_update_count: 1 } })
    await cast.set({ drop_pending_updates: true })
    expect(await cast.info()).toMatchObject({ result: { pending_update_count: 0 } })
  })
})

describe('deleteWebhook', () => {
  it('says what there was to delete', async () => {
    await using cast = await startTimed()
    await cast.set({})
    expect(await cast.call('deleteWebhook')).toMatchObject({ description: 'Webhook was deleted' })
    expect(await cast.call('deleteWebhook')).toMatchObject({
      result: true,
      description: 'Webhook is already deleted',
    })
    expect(await cast.info()).toMatchObject({ result: { url: '', has_custom_certificate: false } })
  })

  it('drops what is pending when told to', async () => {
    await using cast = await startTimed()
    cast.write(cast.kim, 'before')
    await cast.call('deleteWebhook', { drop_pending_updates: true })
    expect(await cast.info()).toMatchObject({ result: { pending_update_count: 0 } })
  })
})

describe('getWebhookInfo', () => {
  it('tells of the last error', async () => {
    await using receiver = await startReceiver(() => 502)
    await using cast = await startCast()
    await cast.call('setWebhook', { url: receiver.url })
    cast.write(cast.kim, 'hello')
    await eventually(() => expect(receiver.deliveries.length).toBeGreaterThan(1))
    expect(await cast.call('getWebhookInfo')).toMatchObject({
      result: {
        url: receiver.url,
        pending_update_count: 1,
        last_error_date: expect.any(Number),
        last_error_message: 'Wrong response from the webhook: 502 Bad Gateway',
      },
    })
  })

  it('tells of a receiver that is not there', async () => {
    await using cast = await startCast()
    await cast.call('setWebhook', { url: NOWHERE })
    cast.write(cast.kim, 'hello')
    await eventually(() =>
      expect(cast.emulator.snapshot().bots[0]?.lastErrorMessage).toBe('Connection refused'),
    )
  })
})
