import { describe, expect, it } from 'vitest'
import { sendMessage } from '../messages/send.ts'
import { eventOf } from '../platform.testing.ts'
import { closeProcessors, openInbound as open } from './happenings.testing.ts'

closeProcessors()

describe('an echo', () => {
  const send = async ({ anna, conversation, deliver, isThrough }: Awaited<ReturnType<typeof open>>) => {
    await deliver(eventOf(1, 'kim', 'hello'))
    await isThrough()
    const { id: conversationId } = await conversation()
    const sending = { conversationId, content: 'hi', type: 'support' as const, clientId: null }
    const { message } = await sendMessage(anna, sending)
    return message
  }
  const began = async ({ ctx }: Awaited<ReturnType<typeof open>>) => {
    const [claimed] = await ctx.deliveries.claim(1, 60_000)
    if (!claimed) throw new Error('Nothing is due')
    const { id: deliveryId, attempt, workspaceId, conversationId } = claimed
    const answer = { kind: 'outcome' as const, deliveryId, attempt, workspaceId, conversationId, delayMs: 0 }
    return (providerId: string) =>
      ctx.journal.append({ ...answer, outcome: 'sent', error: null, result: { success: true }, providerId })
  }

  it('of what we sent is not shown twice, whichever comes first, and however often', async () => {
    for (const isEchoFirst of [true, false]) {
      const place = await open()
      const sent = await send(place)
      const answer = await began(place)
      if (!isEchoFirst) await answer('mid.1')
      await Promise.all([1, 2, 3].map(() => place.happen({ kind: 'echo', mid: 'mid.1', text: 'hi' })))
      await place.isThrough()
      if (isEchoFirst) expect((await answer('mid.1')).event).toBeNull()
      const thread = await place.thread()
      expect(thread).toMatchObject([{ type: 'customer' }, { id: sent.id, delivery: { state: 'sent' } }])
    }
  })

  it('of the same words, typed in the app while ours were on their way, loses and doubles nothing', async () => {
    const place = await open()
    await send(place)
    const answer = await began(place)
    await place.happen({ kind: 'echo', mid: 'mid.app', text: 'hi' })
    await place.isThrough()
    await answer('mid.ours')
    await place.happen({ kind: 'echo', mid: 'mid.ours', text: 'hi' })
    await place.isThrough()
    expect((await place.thread()).map(({ content }) => content)).toEqual(['hello', 'hi', 'hi'])
  })

  it('of what was typed in the app is our side’s message, which nobody delivers', async () => {
    const place = await open()
    await send(place)
    await place.happen({ kind: 'echo', mid: 'mid.2', text: 'from my phone' })
    await place.happen({ kind: 'echo', mid: 'mid.3', text: 'hi', isOurs: false })
    await place.isThrough()
    const typed = { type: 'support', author: null, delivery: null }
    expect((await place.thread()).slice(2)).toMatchObject([
      { ...typed, content: 'from my phone' },
      { ...typed, content: 'hi' },
    ])
    expect(await place.conversation()).toMatchObject({ unreadCount: 1 })
    expect(place.outcomes()).toEqual(['stored', 'stored', 'stored'])
  })
})
