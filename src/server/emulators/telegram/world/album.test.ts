import type { Update } from '@grammyjs/types'
import { describe, expect, it } from 'vitest'
import { startCast } from '../emulator.testing.ts'
import type { MediaKind } from '../message-types.ts'

const refOf = ({ bot, kim }: Awaited<ReturnType<typeof startCast>>) => ({ botId: bot.id, chatId: kim.id })

describe('an album', () => {
  it('is several messages, an update each, with one id in common', async () => {
    await using cast = await startCast()
    const items = [{ kind: 'photo', caption: 'two of them' }, { kind: 'video' }] as const
    const album = cast.emulator.writeAlbum({ ...refOf(cast), items: [...items] })
    const updates = (await cast.call('getUpdates')).result as Update[]
    expect(updates.map(({ update_id }) => update_id)).toEqual(album.updateIds)
    const ids = new Set(updates.map(({ message }) => message?.media_group_id))
    expect([...ids]).toEqual([expect.stringMatching(/^\d{10,}$/)])
    expect(updates.map(({ message }) => message?.caption)).toEqual(['two of them', undefined])
    expect(album.messages.map(({ albumId }) => albumId)).toEqual([...ids, ...ids])
    const next = cast.emulator.writeAlbum({ ...refOf(cast), items: [...items] })
    expect(ids).not.toContain(next.messages[0]?.albumId)
  })

  it('has two to ten files, of the kinds that albums have', async () => {
    await using cast = await startCast()
    const album = (...kinds: MediaKind[]) =>
      cast.emulator.writeAlbum({ ...refOf(cast), items: kinds.map((kind) => ({ kind })) })
    expect(() => album('photo')).toThrow(/from 2 to 10/)
    expect(() => album(...Array<MediaKind>(11).fill('photo'))).toThrow(/from 2 to 10/)
    expect(() => album('photo', 'voice')).toThrow(/album/)
    expect(cast.emulator.listMessages(refOf(cast))).toEqual([])
  })
})
