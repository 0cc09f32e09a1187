import { describe, expect, it } from 'vitest'
import { eventually } from '../../receiver.testing.ts'
import { itemsOf, refOf, startHeard } from '../emulator.testing.ts'
import { startOpen } from './sending.testing.ts'

describe('an action without a message', () => {
  it('shows typing to whoever watches, and leaves no trace', async () => {
    await using cast = await startOpen()
    const heard: unknown[] = []
    cast.emulator.watchThread(refOf(cast.kim), (event, id) => heard.push([event, id]))
    for (const sender_action of ['typing_on', 'typing_off']) {
      const { status, body } = await cast.post({ ...cast.toKim, sender_action })
      expect([status, body]).toEqual([200, { recipient_id: cast.kim.igsid }])
    }
    expect(heard.slice(1)).toEqual([
      [{ type: 'typing', on: true }, null],
      [{ type: 'typing', on: false }, null],
    ])
    expect(cast.emulator.listCalls({ op: 'sender_action' }).calls).toHaveLength(2)
  })

  it('marks what the customer wrote as seen', async () => {
    await using cast = await startOpen()
    const { message } = cast.write(cast.kim, 'read me')
    await cast.post({ ...cast.toKim, sender_action: 'mark_seen' })
    expect(cast.emulator.getThread(refOf(cast.kim)).accountSeenMid).toBe(message.mid)
  })

  it('reacts and takes it back, and none of it is echoed', async () => {
    await using cast = await startHeard()
    const { message } = cast.write(cast.kim, 'good news')
    const react = (sender_action: string, payload: object) =>
      cast.graph('/v23.0/me/messages', {
        body: { recipient: { id: cast.kim.igsid }, sender_action, payload },
      })
    const given = () => cast.emulator.listMessages(refOf(cast.kim))[0]?.reactions.account
    await react('react', { message_id: message.mid, reaction: 'love' })
    expect(given()).toBe('❤️')
    await react('unreact', { message_id: message.mid })
    expect(given()).toBeNull()
    expect((await react('react', { message_id: message.mid, reaction: 'rage' })).status).toBe(400)
    expect((await react('react', { message_id: 'none', reaction: 'love' })).status).toBe(400)
    await eventually(() => expect(cast.emulator.snapshot().pendingDeliveries).toBe(0))
    expect(itemsOf(cast.receiver)).toHaveLength(1)
  })

  it('is refused when it is unknown, or comes with a message', async () => {
    await using cast = await startOpen()
    expect((await cast.post({ ...cast.toKim, sender_action: 'dance' })).status).toBe(400)
    const both = { ...cast.toKim, sender_action: 'typing_on', message: { text: 'x' } }
    expect((await cast.post(both)).body.error).toMatchObject({ code: 100 })
  })
})
