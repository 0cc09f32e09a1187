import { expect, it } from 'vitest'
import { openListed } from '../cast.testing.ts'
import { actAs, createTestCtx, openChannel, openConversation } from '../context.testing.ts'
import type { MemberCtx } from '../context.ts'
import { outgoingFile } from '../files/outgoing-file.ts'
import { uploadAttachment } from '../files/upload.ts'
import { sendMessage } from './send.ts'

async function open() {
  const { ctx } = createTestCtx()
  const anna = await actAs(ctx, 'anna')
  const { id: conversationId } = await openListed(anna)
  return {
    ctx,
    anna,
    conversationId,
    draft: { conversationId, content: '', type: 'support' as const, clientId: 'c1' },
  }
}

async function* once(text: string) {
  yield Buffer.from(text)
}

const upload = async (member: MemberCtx, conversationId: string, text = 'some text') =>
  (await uploadAttachment(member, { conversationId, name: 'a.txt', bytes: once(text) })).id

const thread = (member: MemberCtx, conversationId: string) =>
  member.messages.page(conversationId, { limit: 20 })

it('sends a file without a word, and queues it', async () => {
  const { anna, conversationId, draft } = await open()
  const id = await upload(anna, conversationId)
  const { message } = await sendMessage(anna, { ...draft, attachmentIds: [id] })
  expect(message).toMatchObject({ kind: 'file', content: '', attachments: [{ id, state: 'ready', size: 9 }] })
  expect(message.delivery).toMatchObject({ state: 'queued' })
  expect(await thread(anna, conversationId)).toEqual([message])
})

it('sends each file in a message of its own, the text with the first, and all of it once', async () => {
  const { anna, conversationId, draft } = await open()
  const ids = [await upload(anna, conversationId), await upload(anna, conversationId)]
  const sending = { ...draft, content: 'look', attachmentIds: ids }
  const first = await sendMessage(anna, sending)
  expect(await sendMessage(anna, sending)).toMatchObject({ repeated: true, message: first.message })
  const messages = await thread(anna, conversationId)
  expect(messages.map(({ content, clientId }) => [content, clientId])).toEqual([
    ['look', 'c1'],
    ['', 'c1:2'],
  ])
  expect(messages.map(({ attachments }) => attachments?.[0]?.id)).toEqual(ids)
})

it('sends a text before the file where it is too long to stand beside it', async () => {
  const { anna, conversationId, draft } = await open()
  const attachmentIds = [await upload(anna, conversationId)]
  await sendMessage(anna, { ...draft, content: 'x'.repeat(1_025), attachmentIds })
  const messages = await thread(anna, conversationId)
  expect(messages.map(({ content, attachments }) => [content.length, attachments?.length ?? 0])).toEqual([
    [1_025, 0],
    [0, 1],
  ])
})

it('ends what was cut short, when it is repeated', async () => {
  const { anna, conversationId, draft } = await open()
  const ids = [await upload(anna, conversationId), await upload(anna, conversationId)]
  const stored = await anna.attachments.find(ids[0] ?? '')
  await sendMessage(anna, { ...draft, attachmentIds: ids.slice(0, 1) })
  expect(stored?.messageId).toBeNull()
  await sendMessage(anna, { ...draft, attachmentIds: ids })
  expect((await thread(anna, conversationId)).map(({ attachments }) => attachments?.[0]?.id)).toEqual(ids)
})

it('sends nobody else’s file, none of another conversation, and none twice', async () => {
  const { ctx, anna, conversationId, draft } = await open()
  const omar = await actAs(ctx, 'omar')
  const { id: elsewhere } = await openConversation(anna)
  const foreign = await upload(omar, (await openListed(omar)).id)
  const other = await upload(anna, elsewhere)
  for (const id of [foreign, other, 'f'.repeat(32)]) {
    const sending = sendMessage(anna, { ...draft, attachmentIds: [id] })
    await expect(sending).rejects.toMatchObject({ code: 'not_found' })
  }
  const id = await upload(anna, conversationId)
  await sendMessage(anna, { ...draft, attachmentIds: [id] })
  const again = sendMessage(anna, { ...draft, clientId: 'c2', attachmentIds: [id] })
  await expect(again).rejects.toMatchObject({ code: 'conflict' })
  expect(await thread(anna, conversationId)).toHaveLength(1)
})

it.each(['', ' \n'])('still sends no %j without a file', async (content) => {
  const { anna, draft } = await open()
  await expect(sendMessage(anna, { ...draft, content })).rejects.toMatchObject({ code: 'invalid_input' })
})

it('hands a file over by its bytes and by an address outside', async () => {
  const { ctx, anna, conversationId, draft } = await open()
  await openChannel(anna)
  const attachmentIds = [await upload(anna, conversationId, 'what it holds')]
  const { message } = await sendMessage(anna, { ...draft, attachmentIds })
  const [attachment] = message.attachments ?? []
  const file = attachment && outgoingFile(ctx, attachment)
  const pieces: Uint8Array[] = []
  for await (const piece of (await file?.read()) ?? []) pieces.push(piece)
  expect(String(Buffer.concat(pieces))).toBe('what it holds')
  expect(await file?.url()).toMatch(/^https:\/\/peyk\.test\/files\/\w{32}\?e=\d+&s=[0-9a-f]{64}$/)
  expect(attachment && outgoingFile(ctx, { ...attachment, state: 'failed' })).toBeNull()
})
