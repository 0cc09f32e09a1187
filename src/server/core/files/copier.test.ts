import { expect, it } from 'vitest'
import type { LiveEvent } from '../../contract/event.ts'
import { actAs, createTestCtx, openConversation } from '../context.testing.ts'
import { DomainError } from '../errors.ts'
import type { InboundMedia, MediaOutcome } from '../ports/platform.ts'
import { MediaCopier } from './copier.ts'
import { expectMedia } from './expect-media.ts'

const HOUR = 3_600_000
const PHOTO: InboundMedia = {
  kind: 'image',
  ref: { file: 'f1' },
  name: null,
  mime: 'image/jpeg',
  size: 10,
  width: 90,
  height: 60,
  durationMs: null,
}

async function* once(bytes: string) {
  yield Buffer.from(bytes, 'latin1')
}

const opened = (bytes: AsyncIterable<Uint8Array>): MediaOutcome => ({ outcome: 'open', size: null, bytes })

async function open(...answers: MediaOutcome[]) {
  const { ctx, clock, platform } = createTestCtx()
  const anna = await actAs(ctx, 'anna')
  const conversation = await openConversation(anna)
  const asked: Record<string, string>[] = []
  platform.platform.media = async (_channel, ref) => {
    asked.push(ref)
    return answers.shift() ?? { outcome: 'failed', reason: 'gone' }
  }
  const heard: LiveEvent[] = []
  ctx.bus.subscribe(`log:${anna.actor.workspaceId}`, (event) => heard.push(event as LiveEvent))
  const copier = new MediaCopier(ctx)
  const receive = async (media = [PHOTO]) => {
    const { workspaceId } = anna.actor
    const sender = `customer:${conversation.customerId}`
    const place = { workspaceId, conversationId: conversation.id, sender }
    const attachments = await expectMedia(ctx, { ...place, media })
    const message = { kind: 'message' as const, workspaceIds: [workspaceId], conversationId: conversation.id }
    const said = {
      id: ctx.ids.short(),
      type: 'customer' as const,
      content: '',
      contentKind: 'image' as const,
    }
    const whose = { sender, author: null, clientId: null, providerId: null, deliver: false }
    return (await ctx.journal.appendMessage({ ...message, ...said, ...whose, attachments })).message
  }
  const shown = async () => (await ctx.messages.page(conversation.id, { limit: 10 }))[0]?.attachments?.[0]
  const round = async () => {
    copier.wake()
    await copier.close()
  }
  return { ctx, clock, asked, heard, receive, shown, copier, round }
}

it('copies a file of a message that is there already, and says so', async () => {
  const { ctx, asked, heard, receive, shown, round } = await open(opened(once('not a picture at all')))
  const message = await receive()
  expect(message.attachments).toMatchObject([
    { state: 'pending', kind: 'image', name: 'image.jpg', width: 90 },
  ])
  await round()
  expect(asked).toEqual([{ file: 'f1' }])
  // A picture that is none is a file, whatever the platform calls it.
  expect(await shown()).toMatchObject({
    state: 'ready',
    kind: 'file',
    mime: 'application/octet-stream',
    size: 20,
  })
  expect(heard).toMatchObject([{ type: 'message.changed', message: { id: message.id } }])
  expect(await ctx.files.size(message.attachments?.[0]?.id ?? '')).toBe(20)
})

it.each([
  ['is gone there', { outcome: 'failed', reason: 'gone' }, 'gone'],
  ['is too large for us', { outcome: 'failed', reason: 'too_big' }, 'too_big'],
  ['is larger than it said', opened(throwing(new DomainError('too_large', 'too large'))), 'too_big'],
  ['cannot be read', opened(once('\xff\xd8\xff\xe0 and then nothing of a picture')), 'unreadable'],
  ['is empty', opened(once('')), 'unreadable'],
] as [string, MediaOutcome, string][])('keeps the message where its file %s', async (_, answer, reason) => {
  const { receive, shown, round, ctx } = await open(answer)
  const { attachments } = await receive()
  await round()
  expect(await shown()).toMatchObject({ state: 'failed', reason })
  expect(await ctx.files.size(attachments?.[0]?.id ?? '')).toBeNull()
})

async function* throwing(error: Error): AsyncIterable<Uint8Array> {
  yield Buffer.from('some')
  throw error
}

it('tries again for a while where the platform has a bad day, and then says so', async () => {
  const again: MediaOutcome = { outcome: 'retry', error: 'busy', retryAfterMs: 1_000 }
  const broken = opened(throwing(new Error('the line was cut')))
  const { clock, ctx, receive, shown, asked } = await open(again, broken, ...Array(20).fill(again))
  await receive()
  for (let attempt = 1; attempt <= 8; attempt++) {
    expect(await shown()).toMatchObject({ state: 'pending' })
    const copier = new MediaCopier(ctx)
    copier.wake()
    await copier.close()
    expect(asked).toHaveLength(attempt)
    clock.advance(HOUR)
  }
  expect(await shown()).toMatchObject({ state: 'failed', reason: 'unavailable' })
})

it('takes ten files of a message and no more, with names and numbers that hold', async () => {
  const { receive } = await open()
  const odd = {
    ...PHOTO,
    name: '../a\u202eb.jpg',
    size: 1e99,
    width: -5,
    height: Number.NaN,
    durationMs: 1.6,
  }
  const { attachments = [] } = await receive(Array(12).fill(odd))
  expect(attachments).toHaveLength(10)
  expect(attachments[0]).toMatchObject({
    name: 'ab.jpg',
    size: 2_147_483_647,
    width: null,
    height: null,
    durationMs: 2,
  })
})
