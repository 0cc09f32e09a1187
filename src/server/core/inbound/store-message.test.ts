import { describe, expect, it } from 'vitest'
import { eventOf } from '../platform.testing.ts'
import type { InboundText } from '../ports/platform.ts'
import { closeProcessors, openInbound as open } from './happenings.testing.ts'

closeProcessors()

describe('a message', () => {
  /** A message with more than text, as the platform brings it. */
  const bring = async (place: Awaited<ReturnType<typeof open>>, more: Partial<InboundText>, update = 9) => {
    const { platform } = place.platform
    const { parse } = platform
    platform.parse = (raw) => {
      const parsed = parse(raw)
      return parsed.kind === 'message' && parsed.message.key === `update:${update}`
        ? { ...parsed, message: { ...parsed.message, ...more } }
        : parsed
    }
    await place.deliver(eventOf(update, 'kim', 'look'))
    await place.isThrough()
    return (await place.thread()).at(-1)
  }

  it('that answers one of ours quotes it as it is; one that we do not know is quoted in the platform’s words', async () => {
    const place = await open()
    await place.deliver(eventOf(1, 'kim', 'the first'))
    const replyTo = { providerId: 'kim:1', quoted: null, isOwn: false }
    const answer = await bring(place, { replyTo })
    const [first] = await place.thread()
    const quote = { messageId: first?.id, isOwn: false, text: 'the first' }
    expect(answer?.extras).toEqual({ quote })
    await place.happen({ kind: 'unsend', of: 1 })
    await place.isThrough()
    expect((await place.thread()).at(-1)?.extras).toEqual({ quote: { ...quote, text: '' } })
    const unknown = { providerId: 'kim:0', quoted: 'x'.repeat(400), isOwn: true }
    const other = await bring(place, { replyTo: unknown }, 10)
    expect(other?.extras?.quote).toEqual({ messageId: null, isOwn: true, text: 'x'.repeat(300) })
  })

  it('with a file shows it as pending, and notes how to find it, once', async () => {
    const place = await open()
    const ref = { fileId: 'abc' }
    const file = { kind: 'image' as const, name: '../x.jpg', mime: 'image/jpeg', size: 9 }
    const media = [{ ...file, ref, width: 1, height: 2, durationMs: null }]
    const shown = await bring(place, { media, kind: 'image' })
    expect(shown).toMatchObject({
      kind: 'image',
      attachments: [{ kind: 'image', name: 'x.jpg', size: 9, width: 1, state: 'pending', hasThumb: false }],
    })
    expect(JSON.stringify(shown)).not.toContain('abc')
    const copies = await place.ctx.attachments.claimCopies(10, 1)
    expect(copies).toMatchObject([{ source: ref, messageId: shown?.id, channelId: place.channel.id }])
    const [event] = place.state.inbox.filter(({ key }) => key === 'update:9')
    Object.assign(event ?? {}, { outcome: null })
    await place.sweep()
    expect(place.state.attachments.size).toBe(1)
  })
})
