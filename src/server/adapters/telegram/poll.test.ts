import { expect, test } from 'vitest'
import { startCast } from '../../emulators/telegram/emulator.testing.ts'
import { createTelegram } from './platform.ts'
import { channelAt, startScripted } from './server.testing.ts'

const telegram = createTelegram({ apiRoot: 'http://nobody.invalid' })
const poll = (url: string, next: number | null, token?: string, signal = new AbortController().signal) =>
  telegram.poll?.(channelAt(url, token), next, signal)

test('what waits comes as single items, and is confirmed by asking from the next on', async () => {
  await using cast = await startCast()
  cast.write(cast.kim, 'one')
  cast.write(cast.kim, 'two')
  const first = await poll(cast.emulator.url, null, cast.bot.token)
  if (first?.outcome !== 'items') throw new Error(JSON.stringify(first))
  const said = first.items.map(({ raw }) => telegram.parse(raw))
  expect(said).toMatchObject([{ message: { content: 'one' } }, { message: { content: 'two' } }])
  cast.write(cast.kim, 'three')
  const second = await poll(cast.emulator.url, first.next, cast.bot.token)
  expect(second?.outcome === 'items' && second.items.map(({ raw }) => telegram.parse(raw))).toMatchObject([
    { message: { content: 'three' } },
  ])
})

test('all that is understood is asked for, as long as Telegram waits', async () => {
  await using server = await startScripted([[200, { ok: true, result: [] }]])
  expect(await poll(server.url, 5)).toEqual({ outcome: 'items', items: [], next: 5 })
  const allowed_updates = [
    'message',
    'edited_message',
    'message_reaction',
    'my_chat_member',
    'callback_query',
  ]
  expect(server.asked[0]?.json).toEqual({ timeout: 50, limit: 100, offset: 5, allowed_updates })
})

test('a call that waits ends at once when it is told to', async () => {
  await using server = await startScripted([() => {}])
  const ending = new AbortController()
  const waiting = poll(server.url, null, undefined, ending.signal)
  ending.abort()
  expect(await waiting).toMatchObject({ outcome: 'retry' })
})
