import { beforeEach, expect, it, vi } from 'vitest'
import { actAs, createTestCtx } from '../../context.testing.ts'
import type { MemberCtx } from '../../context.ts'
import type { Connections } from '../../ports/connections.ts'
import { tellConnectionEnd } from './end-hint.ts'
import { OpenSockets } from './open-sockets.ts'

let test: ReturnType<typeof createTestCtx>
let anna: MemberCtx
let sockets: OpenSockets
let ended: string[]
beforeEach(async () => {
  test = createTestCtx()
  anna = await actAs(test.ctx, 'anna')
  sockets = test.sockets
  ended = []
})

const open = (name: string, lagBytes = () => 0, on = sockets) => {
  const { userId, sessionId, workspaceId } = anna.actor
  const about = { workspaceIds: [workspaceId], conversationId: null, address: '', userAgent: '' }
  const socket = { id: name, kind: 'console' as const, userId, sessionId, ...about }
  return on.add(socket, { lagBytes, end: () => ended.push(name) })
}
const seen = async () => (await test.ctx.connections.list('instance', 10)).map(({ id }) => id).sort()

/** The same store, and a count of what is written. */
function counted(fail: () => boolean = () => false) {
  const { connections } = test.ctx
  const reports: Parameters<Connections['report']>[0][] = []
  const report: Connections['report'] = async (given) => {
    reports.push(given)
    if (fail()) throw new Error('The database is away')
    return connections.report(given)
  }
  const node = { id: '00000000-0000-4000-8000-00000000000b', name: 'there' }
  return { reports, sockets: new OpenSockets({ ...test.ctx, connections: { ...connections, report } }, node) }
}

it('writes nothing while a socket opens or closes, and all of it with the next beat', async () => {
  const closeFirst = open('first')
  open('second')
  expect(await seen()).toEqual([])
  await sockets.beat()
  expect(await seen()).toEqual(['first', 'second'])
  closeFirst()
  await sockets.beat()
  expect(await seen()).toEqual(['second'])
})

it('says what has changed and nothing twice, and nothing at all where nothing is open', async () => {
  const { reports, sockets: there } = counted()
  await there.beat()
  expect(reports).toEqual([])
  let lag = 0
  open('one', () => lag, there)
  open('two', () => 0, there)
  await there.beat()
  reports.length = 0
  await there.beat()
  expect(reports.map((report) => report.open)).toEqual([[]])
  lag = 5_000
  await there.beat()
  expect(reports.at(-1)?.open).toMatchObject([{ id: 'one', lagBytes: 5_000 }])
})

it('never tells of a socket that came and went between two beats', async () => {
  const { reports, sockets: there } = counted()
  open('short', () => 0, there)()
  await there.beat()
  expect(reports).toEqual([])
})

it('reports thousands of sockets in groups', async () => {
  const { reports, sockets: there } = counted()
  for (let index = 0; index < 2_500; index++) open(`s${index}`, () => 0, there)
  await there.beat()
  expect(Math.max(...reports.map((report) => report.open.length))).toBe(1_000)
  expect(await test.ctx.connections.count('instance')).toBe(2_500)
})

it('goes on after a database that was away, without having lost or kept a socket', async () => {
  let isAway = false
  const { sockets: there } = counted(() => isAway)
  const close = open('closed', () => 0, there)
  await there.beat()
  isAway = true
  open('opened', () => 0, there)
  close()
  await there.beat()
  expect(test.log.sentences.map(({ sentence }) => sentence)).toContain('Open sockets could not be reported')
  expect(await seen()).toEqual(['closed'])
  isAway = false
  await there.beat()
  expect(await seen()).toEqual(['opened'])
})

it('tells of everything again where it was forgotten', async () => {
  open('one')
  open('two')
  await sockets.beat()
  test.clock.advance(36_000)
  expect(await seen()).toEqual([])
  await sockets.beat()
  expect(await seen()).toEqual(['one', 'two'])
})

it('ends a socket at once where the bus says so, and no other', async () => {
  sockets.start()
  open('one')
  open('two')
  await sockets.beat()
  tellConnectionEnd(test.ctx.bus, 'one')
  await vi.waitFor(() => expect(ended).toEqual(['one']))
  await sockets.beat()
  expect(await seen()).toEqual(['two'])
  await sockets.close()
})

it('ends a socket once with the next beat where nobody said so', async () => {
  open('one')
  open('two')
  await sockets.beat()
  await test.ctx.connections.askEnd('one')
  await sockets.beat()
  await sockets.beat()
  expect(ended).toEqual(['one'])
  expect(await seen()).toEqual(['two'])
})

it('takes its sockets along when it stops', async () => {
  open('one')
  await sockets.beat()
  await sockets.close()
  expect(await seen()).toEqual([])
})
