import { describe, expect, it } from 'vitest'
import { refOf, startCast } from '../emulator.testing.ts'

type Listed<Item> = { data: Item[] }

async function startTalking() {
  const cast = await startCast({ frozenAtMs: Date.UTC(2026, 10, 22, 12) })
  const list = async (query = '') => {
    const { body } = await cast.graph(`/v23.0/me/conversations?platform=instagram${query}`)
    return body as unknown as Listed<Record<string, unknown>> & { paging?: { cursors: { after: string } } }
  }
  const read = (id: string, fields: string) => cast.graph(`/v23.0/${id}?fields=${encodeURIComponent(fields)}`)
  return { ...cast, list, read }
}

describe('the conversations of an account', () => {
  it('are listed with the latest first, and only where something was said', async () => {
    await using cast = await startTalking()
    expect((await cast.list()).data).toEqual([])
    cast.write(cast.kim, 'hello')
    cast.emulator.travel(60_000)
    cast.write(cast.sara, 'سلام')
    const { data } = await cast.list()
    expect(data).toEqual([
      { id: cast.sara.conversationId, updated_time: '2026-11-22T12:01:00+0000' },
      { id: cast.kim.conversationId, updated_time: '2026-11-22T12:00:00+0000' },
    ])
    expect((await cast.list(`&user_id=${cast.kim.igsid}`)).data).toMatchObject([
      { id: cast.kim.conversationId },
    ])
  })

  it('come in pages', async () => {
    await using cast = await startTalking()
    cast.write(cast.kim, 'hello')
    cast.write(cast.sara, 'سلام')
    const first = await cast.list('&limit=1')
    const second = await cast.list(`&limit=1&after=${first.paging?.cursors.after}`)
    expect([first.data.length, second.data.length, second.paging]).toEqual([1, 1, undefined])
    expect(first.data[0]?.id).not.toBe(second.data[0]?.id)
  })

  it('are not listed for another platform, or with fields that there are not', async () => {
    await using cast = await startTalking()
    const other = await cast.graph('/v23.0/me/conversations?platform=messenger')
    expect(other.body.error).toMatchObject({ code: 100 })
    cast.write(cast.kim, 'hello')
    expect((await cast.read(cast.kim.conversationId, 'id,mood')).body.error).toMatchObject({ code: 100 })
    expect((await cast.read(cast.kim.conversationId, 'messages{id')).body.error).toMatchObject({ code: 100 })
  })
})

describe('the messages of a conversation', () => {
  it('tell who wrote what to whom, newest first', async () => {
    await using cast = await startTalking()
    const { message } = cast.write(cast.kim, 'hello')
    await cast.send(cast.kim, 'welcome')
    const { body } = await cast.read(cast.kim.conversationId, 'messages{id,created_time,from,to,message}')
    const { data } = body.messages as Listed<Record<string, unknown>>
    const shop = { id: cast.shop.id, username: 'shop' }
    const kim = { id: cast.kim.igsid, username: 'kim' }
    expect(data).toMatchObject([
      { from: shop, to: { data: [kim] }, message: 'welcome' },
      { id: message.mid, created_time: '2026-11-22T12:00:00+0000', from: kim, to: { data: [shop] } },
    ])
    const bare = await cast.read(cast.kim.conversationId, 'messages.limit(1)')
    expect((bare.body.messages as Listed<object>).data).toEqual([
      { id: expect.any(String), created_time: expect.any(String) },
    ])
  })

  it('are read one by one, with files, reactions and what they answer', async () => {
    await using cast = await startTalking()
    const { message } = cast.write(cast.kim, 'first')
    const { message: photo } = cast.write(cast.kim, {
      attachments: [{ type: 'image' }, { type: 'video' }, { type: 'audio' }],
      replyToMid: message.mid,
    })
    cast.emulator.react({ ...refOf(cast.kim), mid: photo.mid, emoji: '❤️' })
    const { body } = await cast.read(photo.mid, 'message,attachments,reactions,reply_to,is_unsupported')
    expect(body).toMatchObject({
      id: photo.mid,
      message: '',
      attachments: {
        data: [
          { image_data: { url: expect.any(String) } },
          { video_data: { url: expect.any(String) } },
          { file_url: expect.any(String) },
        ],
      },
      reactions: { data: [{ reaction: '❤️', users: [{ username: 'kim' }] }] },
      reply_to: { mid: message.mid },
    })
    expect(body).not.toHaveProperty('is_unsupported')
  })

  it('are detailed for the 20 newest; older ones are said to be deleted', async () => {
    await using cast = await startTalking()
    const mids = Array.from({ length: 21 }, (_, n) => cast.write(cast.kim, `${n}`).message.mid)
    const [oldest = '', second = ''] = mids
    expect((await cast.read(oldest, 'message')).body.error).toMatchObject({
      code: 100,
      message: expect.stringContaining('deleted'),
    })
    expect((await cast.read(second, 'message')).body).toEqual({ id: second, message: '1' })
    const { body } = await cast.read(cast.kim.conversationId, 'messages{id,message}')
    const { data } = body.messages as Listed<Record<string, unknown>>
    expect(data).toHaveLength(21)
    expect(data.at(-1)).toEqual({ id: oldest })
  })

  it('are gone once they are unsent', async () => {
    await using cast = await startTalking()
    const { message } = cast.write(cast.kim, 'oops')
    cast.emulator.unsend({ ...refOf(cast.kim), mid: message.mid })
    expect((await cast.read(message.mid, 'message')).body.error).toMatchObject({ error_subcode: 33 })
    const { body } = await cast.read(cast.kim.conversationId, 'messages')
    expect((body.messages as Listed<object>).data).toEqual([])
  })
})
