import { describe, expect, test } from 'vitest'
import type { SimulatedMessage, SimulatorAct } from '../../contract/simulator.ts'
import { DEMO_ACCOUNT } from './cast.ts'
import { CHAT, media, openSimulator, THREAD } from './simulator.testing.ts'

const simulator = openSimulator()
const { postAll, post, actOn, chatOf } = simulator

test.each([
  ...(['photo', 'voice', 'audio', 'video', 'round_video', 'sticker', 'document'] as const).map(
    (kind) => [CHAT, media(kind), kind] as const,
  ),
  [CHAT, { do: 'location' }, 'location'],
  [CHAT, { do: 'contact' }, 'contact'],
  [CHAT, { do: 'album', files: [] }, 'photo'],
  [CHAT, { do: 'other' }, 'other'],
  ...(['photo', 'voice', 'video', 'document', 'sticker'] as const).map(
    (kind) => [THREAD, media(kind), kind] as const,
  ),
  [THREAD, { do: 'album', files: [] }, 'photo'],
  [THREAD, { do: 'story_reply', text: '😍' }, 'story_reply'],
  [THREAD, { do: 'story_mention' }, 'story_mention'],
  [THREAD, { do: 'share' }, 'share'],
  [THREAD, { do: 'reel' }, 'reel'],
  [THREAD, { do: 'other' }, 'other'],
] as const)('the phone of %i does %j, and shows %s', async (chat, act, kind) => {
  const message = await actOn(chat, act as SimulatorAct)
  expect(message).toMatchObject({ kind, from: 'customer' })
  for (const { key } of message.files) {
    const file = await fetch(`${simulator.root}/chats/${chat}/files/${encodeURIComponent(key)}`)
    expect(file.status).toBe(200)
    expect(file.headers.get('x-content-type-options')).toBe('nosniff')
    expect((await file.arrayBuffer()).byteLength).toBeGreaterThan(20)
  }
})

describe.each([CHAT, THREAD])('on the phone of %i', (chat) => {
  test('a message is answered, edited, reacted to and taken back', async () => {
    const first = await actOn(chat, { do: 'text', text: 'one' })
    expect(await actOn(chat, { do: 'text', text: 'two', replyTo: first.id })).toMatchObject({
      replyTo: first.id,
    })
    const edited = await actOn(chat, { do: 'edit', id: first.id, text: 'uno' })
    expect(edited).toMatchObject({ text: 'uno', edited: true })
    const reacted = await actOn(chat, { do: 'react', id: first.id, emoji: '❤' })
    expect(reacted.reactions).toEqual({ customer: '❤', business: null })
    const bare = await actOn(chat, { do: 'react', id: first.id, emoji: null })
    expect(bare.reactions.customer).toBeNull()
    await postAll(`chats/${chat}/acts`, { do: 'unsend', id: first.id })
    const left = (await chatOf(chat)).messages.filter((one: SimulatedMessage) => !one.unsent)
    expect(left.map(({ text }: SimulatedMessage) => text)).not.toContain('uno')
  })
})

test('a phone of Instagram does nothing that Instagram does not know, and takes back only its own', async () => {
  for (const act of [{ do: 'location' }, { do: 'contact' }, media('round_video')])
    expect((await postAll(`chats/${THREAD}/acts`, act)).status).toBe(400)
  expect((await post('acts', { do: 'story_mention' })).status).toBe(400)
  const { igsid } = simulator.instagram.listThreads(DEMO_ACCOUNT.id)[0] ?? { igsid: '' }
  const { message } = simulator.instagram.writeAsOwner({ accountId: DEMO_ACCOUNT.id, igsid, text: 'ours' })
  expect((await postAll(`chats/${THREAD}/acts`, { do: 'unsend', id: message.mid })).status).toBe(404)
  expect(await actOn(THREAD, { do: 'react', id: message.mid, emoji: '👍' })).toMatchObject({
    from: 'business',
  })
  expect((await postAll(`chats/${THREAD}/acts`, { do: 'seen' })).status).toBe(200)
})
