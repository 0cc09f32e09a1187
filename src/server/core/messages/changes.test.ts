import { expect, it } from 'vitest'
import type { LiveEvent } from '../../contract/event.ts'
import { answerAsBot, join, openListed, say } from '../cast.testing.ts'
import { actAs, createTestCtx, openChannel } from '../context.testing.ts'
import type { MemberCtx } from '../context.ts'
import { editMessage, listPastTexts } from './edit.ts'
import { reactToMessage } from './react.ts'
import { sendMessage } from './send.ts'
import { unsendMessage } from './unsend.ts'

const HOUR = 3_600_000

async function open() {
  const test = createTestCtx()
  const anna = await actAs(test.ctx, 'anna')
  const conversation = await openListed(anna)
  const send = async (by: MemberCtx = anna, conversationId = conversation.id) =>
    (await sendMessage(by, { conversationId, content: 'helo', type: 'support', clientId: null })).message
  const heard: LiveEvent[] = []
  test.ctx.bus.subscribe(`log:${anna.actor.workspaceId}`, (event) => heard.push(event as LiveEvent))
  const opsOf = async (id: string) => (await anna.deliveries.history(id)).map(({ op }) => op)
  const deeds = () =>
    test.state.audit.map(({ action }) => action).filter((action) => action.startsWith('message.'))
  return { ...test, anna, conversation, send, heard, opsOf, deeds }
}

/** A conversation from another source, in which the customer has just written. */
async function openOn(anna: MemberCtx, source: 'instagram' | 'website') {
  const { id: channelId } = await openChannel(anna)
  const { conversation } = await anna.journal.append({
    kind: 'open',
    workspaceId: anna.actor.workspaceId,
    channelId,
    source,
    sourceId: 'lee',
    conversationId: anna.ids.short(),
    firstName: null,
    lastName: null,
    username: null,
  })
  const listed = await anna.conversations.find([anna.actor.workspaceId], conversation.id)
  if (!listed) throw new Error('It was opened')
  await say(anna, listed, 'hello')
  return listed
}

it('a person edits what they wrote: everybody is told, the platform too, and the text before is kept', async () => {
  const { anna, send, heard, opsOf, deeds } = await open()
  const { id } = await send()
  heard.length = 0
  const edited = await editMessage(anna, { messageId: id, content: 'hello' })
  expect(edited).toMatchObject({ id, content: 'hello', editedAt: expect.any(String) })
  expect(heard).toMatchObject([{ type: 'message.changed', message: edited }])
  expect(await opsOf(id)).toEqual(['send'])
  expect(await listPastTexts(anna, { messageId: id })).toMatchObject([{ content: 'helo' }])
  expect(deeds()).toEqual([])
})

it('a person takes back what they wrote, for good, and the deed is written down', async () => {
  const { anna, send, deeds, opsOf } = await open()
  const { id } = await send()
  const gone = await unsendMessage(anna, { messageId: id })
  expect(gone).toMatchObject({ content: '', deletedAt: expect.any(String), delivery: { state: 'cancelled' } })
  expect(await opsOf(id)).toEqual(['send'])
  expect(deeds()).toEqual(['message.taken_back'])
  const conflict = { code: 'conflict' }
  await expect(unsendMessage(anna, { messageId: id })).rejects.toMatchObject(conflict)
  await expect(editMessage(anna, { messageId: id, content: 'x' })).rejects.toMatchObject(conflict)
})

it('an agent may not change what others wrote; an admin may, and it is written down', async () => {
  const { anna, send, deeds } = await open()
  const [amir, adam] = [(await join(anna, 'amir')).as, (await join(anna, 'adam', 'admin')).as]
  const { id: messageId } = await send()
  const forbidden = { code: 'forbidden' }
  await expect(editMessage(amir, { messageId, content: 'x' })).rejects.toMatchObject(forbidden)
  await expect(unsendMessage(amir, { messageId })).rejects.toMatchObject(forbidden)
  const bots = await answerAsBot(anna, (await openListed(anna)).id, 'I am the bot')
  await expect(unsendMessage(amir, { messageId: bots.id })).rejects.toMatchObject(forbidden)
  expect(await editMessage(adam, { messageId, content: 'hello' })).toMatchObject({ content: 'hello' })
  expect(await unsendMessage(adam, { messageId: bots.id })).toMatchObject({ content: '' })
  const { id: own } = await send(amir)
  expect(await unsendMessage(amir, { messageId: own })).toMatchObject({ content: '' })
  expect(deeds().toSorted()).toEqual(['message.edited', 'message.taken_back', 'message.taken_back'])
})

it('nobody changes what a customer said, or what is not theirs to see', async () => {
  const { ctx, anna, conversation, send } = await open()
  const { id: theirs } = await say(anna, conversation, 'hello')
  const invalid = { code: 'invalid_input' }
  await expect(editMessage(anna, { messageId: theirs, content: 'x' })).rejects.toMatchObject(invalid)
  await expect(unsendMessage(anna, { messageId: theirs })).rejects.toMatchObject(invalid)
  const stranger = await actAs(ctx, 'omid')
  const { id: messageId } = await send()
  for (const deed of [
    () => editMessage(stranger, { messageId, content: 'x' }),
    () => unsendMessage(stranger, { messageId }),
    () => reactToMessage(stranger, { messageId: theirs, emoji: '👍' }),
    () => listPastTexts(stranger, { messageId }),
  ])
    await expect(deed()).rejects.toMatchObject({ code: 'not_found' })
})

it('an edit holds to what its channel takes', async () => {
  const { anna, send } = await open()
  const { id: messageId } = await send()
  const edit = (content: string) => editMessage(anna, { messageId, content })
  await expect(edit('x'.repeat(4_097))).rejects.toMatchObject({ code: 'invalid_input' })
  await expect(edit(' ')).rejects.toMatchObject({ code: 'invalid_input' })
  await expect(edit('😀'.repeat(2_049))).rejects.toMatchObject({ code: 'invalid_input' })
  expect(await edit('😀'.repeat(2_048))).toMatchObject({ content: '😀'.repeat(2_048) })
})

it('what a platform does not undo is not undone, except where the platform never got it', async () => {
  const { anna, clock, send } = await open()
  const old = await send()
  const [claimed] = await anna.deliveries.claim(1, HOUR)
  clock.advance(48 * HOUR + 1)
  const conflict = { code: 'conflict' }
  await expect(unsendMessage(anna, { messageId: old.id })).rejects.toMatchObject(conflict)
  expect(await editMessage(anna, { messageId: old.id, content: 'hello' })).toMatchObject({ content: 'hello' })
  await anna.journal.append({
    kind: 'outcome',
    workspaceId: anna.actor.workspaceId,
    conversationId: old.conversationId,
    deliveryId: claimed?.id ?? '',
    attempt: 1,
    outcome: 'failed',
    error: 'blocked',
    result: {},
    providerId: null,
    delayMs: 0,
  })
  expect(await unsendMessage(anna, { messageId: old.id })).toMatchObject({ content: '' })
  const instagram = await send(anna, (await openOn(anna, 'instagram')).id)
  await expect(unsendMessage(anna, { messageId: instagram.id })).rejects.toMatchObject(conflict)
  const edit = editMessage(anna, { messageId: instagram.id, content: 'x' })
  await expect(edit).rejects.toMatchObject(conflict)
})

it('our side’s one reaction is put on a customer’s message, replaced and taken away', async () => {
  const { anna, conversation, send, opsOf, state } = await open()
  const { id: messageId } = await say(anna, conversation, 'hello')
  Object.assign(state.messages.get(messageId) ?? {}, { providerId: 'kim:1' })
  const react = (emoji: string | null) => reactToMessage(anna, { messageId, emoji })
  await react('👍')
  expect((await react('🔥')).extras).toEqual({ reactions: [{ by: 'agent', emoji: '🔥' }] })
  expect(await react(null)).not.toHaveProperty('extras')
  expect(await opsOf(messageId)).toEqual(['react', 'react', 'react'])
  const { id: ours } = await send()
  const onOurs = reactToMessage(anna, { messageId: ours, emoji: '👍' })
  await expect(onOurs).rejects.toMatchObject({ code: 'invalid_input' })
})

it('Instagram takes a heart and nothing else', async () => {
  const { anna } = await open()
  const conversation = await openOn(anna, 'instagram')
  const { id: messageId } = await say(anna, conversation, 'hello')
  const other = reactToMessage(anna, { messageId, emoji: '👍' })
  await expect(other).rejects.toMatchObject({ code: 'invalid_input' })
  expect(await reactToMessage(anna, { messageId, emoji: '❤️' })).toHaveProperty('extras.reactions')
})
