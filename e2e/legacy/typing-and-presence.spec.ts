import { expect } from '@playwright/test'
import { Cast, INSTANT, test } from '../support/cast.ts'
import type { RawSocket } from '../support/raw-socket.ts'
import { type Person, register, shareWorkspace } from '../support/rest.ts'

test.describe.configure({ mode: 'default' })

let cast: Cast
let colleague: Person
let third: Person
test.beforeAll(async ({ shop }) => {
  cast = await Cast.open(shop)
  colleague = await register(cast.host, 'colleague')
  third = await register(cast.host, 'third')
  await shareWorkspace(cast.host, cast.a, colleague)
  await shareWorkspace(cast.host, cast.a, third)
})

/** What was sent before has come. */
const settled = (...sockets: RawSocket[]) =>
  Promise.all(sockets.map((socket) => socket.ask({ type: 'ping' }, 'pong')))
const closeAll = (...sockets: RawSocket[]) => {
  for (const socket of sockets) socket.close()
}
const presenceOf = (socket: RawSocket, person: Person): unknown[] =>
  socket.of('user_presence').flatMap((frame) => (frame.user_id === person.id ? [frame.is_online] : []))

test.describe('Typing', () => {
  test('typing reaches the second socket in C1 with who it is, and neither the first nor a conversations socket', async () => {
    const id = await cast.converse(601)
    const [one, two, list] = [await cast.chat(id), await cast.chat(id), await cast.list()]
    one.send({ type: 'typing', is_typing: true })
    expect(await two.next('typing_indicator', 0)).toEqual({
      type: 'typing_indicator',
      conversation_id: id,
      user_id: cast.a.id,
      username: 'sara Tester',
      is_typing: true,
      timestamp: INSTANT,
    })
    one.send({ type: 'typing', is_typing: false })
    expect(await two.next('typing_indicator', 1)).toMatchObject({ is_typing: false })
    await settled(one, two, list)
    expect(one.of('typing_indicator')).toEqual([])
    expect(list.of('typing_indicator')).toEqual([])
    const history = await one.ask({ type: 'get_messages' }, 'recent_messages')
    expect(history.count).toBe(1)
    closeAll(one, two, list)
  })

  test('typing without a boolean is_typing is an error frame, and nobody hears of it', async () => {
    const [one, two] = [await cast.chat(), await cast.chat()]
    for (const frame of [{}, { is_typing: 'true' }, { is_typing: 1 }, { is_typing: null }])
      await one.ask({ type: 'typing', ...frame }, 'error')
    one.send({ type: 'typing', is_typing: true })
    await two.next('typing_indicator', 0)
    expect(two.of('typing_indicator')).toHaveLength(1)
    closeAll(one, two)
  })

  test('a typist who leaves, and one who falls silent for 6 s, is announced as is_typing:false', async () => {
    const id = await cast.converse(602)
    const [leaver, silent, witness] = [
      await cast.chat(id),
      await cast.chat(id, colleague),
      await cast.chat(id),
    ]
    leaver.send({ type: 'typing', is_typing: true })
    silent.send({ type: 'typing', is_typing: true })
    const of = (person: Person) =>
      witness
        .of('typing_indicator')
        .flatMap((frame) => (frame.user_id === person.id ? [frame.is_typing] : []))
    await witness.until(() => of(cast.a).length === 1 && of(colleague).length === 1)
    const since = Date.now()
    leaver.close()
    await witness.until(() => of(cast.a).length === 2, 2_000)
    expect(of(colleague)).toEqual([true])
    await witness.until(() => of(colleague).length === 2, 10_000)
    expect(Date.now() - since).toBeGreaterThan(5_000)
    expect([of(cast.a), of(colleague)]).toEqual([
      [true, false],
      [true, false],
    ])
    closeAll(silent, witness)
  })

  test('username is "First Last", or the e-mail where the names are blank', async () => {
    const nameless = await register(cast.host, 'nameless')
    const body = { first_name: '', last_name: ' ' }
    expect((await cast.rest('/usr/profile', { method: 'PATCH', as: nameless, body })).status).toBe(200)
    await shareWorkspace(cast.host, cast.a, nameless)
    const [one, two] = [await cast.chat(), await cast.chat(cast.c1, nameless)]
    two.send({ type: 'typing', is_typing: true })
    expect(await one.next('typing_indicator', 0)).toMatchObject({
      user_id: nameless.id,
      username: nameless.email,
    })
    one.send({ type: 'typing', is_typing: true })
    expect(await two.next('typing_indicator', 0)).toMatchObject({ username: 'sara Tester' })
    closeAll(one, two)
  })
})

test.describe('Presence', () => {
  test('Y joins: X gets user_presence online for Y, Y not its own; Y leaves: offline with the same user_id, once', async () => {
    const id = await cast.converse(603)
    const x = await cast.chat(id)
    const y = await cast.chat(id, colleague)
    expect(await x.next('user_presence', 0)).toEqual({
      type: 'user_presence',
      user_id: colleague.id,
      username: 'colleague Tester',
      is_online: true,
      timestamp: INSTANT,
    })
    await settled(y)
    expect(presenceOf(y, colleague)).toEqual([])
    y.close()
    await x.until(() => presenceOf(x, colleague).length === 2, 8_000)
    expect(presenceOf(x, colleague)).toEqual([true, false])
    expect(presenceOf(x, cast.a)).toEqual([])
    closeAll(x)
  })

  test('Y with two tabs closes one: no offline; Y closes the other: offline, once', async () => {
    const id = await cast.converse(604)
    const x = await cast.chat(id)
    const tabs = [await cast.chat(id, colleague), await cast.chat(id, colleague)]
    const z = await cast.chat(id, third)
    await x.until(() => presenceOf(x, colleague).length === 1 && presenceOf(x, third).length === 1)
    tabs[0]?.close()
    await settled(x)
    z.close()
    await x.until(() => presenceOf(x, third).length === 2, 8_000)
    expect(presenceOf(x, colleague)).toEqual([true])
    tabs[1]?.close()
    await x.until(() => presenceOf(x, colleague).length === 2, 8_000)
    expect(presenceOf(x, colleague)).toEqual([true, false])
    closeAll(x)
  })

  test('Y who comes back within the 3 s of grace was never away', async () => {
    const id = await cast.converse(605)
    const x = await cast.chat(id)
    const [y, z] = [await cast.chat(id, colleague), await cast.chat(id, third)]
    await x.until(() => presenceOf(x, colleague).length === 1 && presenceOf(x, third).length === 1)
    y.close()
    const again = await cast.chat(id, colleague)
    z.close()
    await x.until(() => presenceOf(x, third).length === 2, 8_000)
    expect(presenceOf(x, colleague)).toEqual([true])
    closeAll(x, again)
  })
})
