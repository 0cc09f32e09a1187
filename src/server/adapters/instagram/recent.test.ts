import { expect, test } from 'vitest'
import { startCast } from '../../emulators/instagram/emulator.testing.ts'
import { channelAt } from './graph.testing.ts'
import { createInstagram } from './platform.ts'

const BEGINNING = Date.UTC(2026, 10, 22, 12)
const fetchMedia = { open: () => Promise.reject(new Error('Nothing is to be fetched')) }

test('what was written since an instant is told as webhooks would have told it, the oldest first', async () => {
  await using cast = await startCast({ frozenAtMs: BEGINNING })
  const channel = {
    ...channelAt(cast.emulator.url),
    externalId: cast.shop.id,
    credentials: { token: cast.shop.token, webhookSecret: '' },
  }
  const app = { appSecret: 'a secret' }
  const instagram = createInstagram({ graphRoot: 'http://nobody.invalid', version: 'v23.0', fetchMedia, app })
  cast.write(cast.kim, 'known')
  cast.emulator.travel(60_000)
  const hello = cast.write(cast.kim, 'سلام')
  cast.emulator.travel(1_000)
  cast.write(cast.sara, { attachments: [{ type: 'image' }] })
  cast.emulator.travel(1_000)
  await cast.send(cast.kim, 'welcome')
  const items = (await instagram.recent?.(channel, BEGINNING)) ?? []
  expect(items.map(({ account }) => account)).toEqual(Array(3).fill(cast.shop.id))
  const at = new Date(BEGINNING + 60_000).toISOString()
  const [first, picture, own] = items.map(({ raw }) => instagram.parse(raw))
  expect(first).toMatchObject({
    kind: 'message',
    message: { providerId: hello.message.mid, sourceId: cast.kim.igsid, content: 'سلام', at },
  })
  expect(picture).toMatchObject({
    message: { sourceId: cast.sara.igsid, kind: 'image', media: [{ kind: 'image' }] },
  })
  expect(own).toMatchObject({ kind: 'echo', message: { sourceId: cast.kim.igsid, content: 'welcome' } })
  expect(await instagram.recent?.(channel, BEGINNING + 62_000)).toEqual([])
})
