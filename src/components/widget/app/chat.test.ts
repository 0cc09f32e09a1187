import { afterEach, expect, it } from 'vitest'
import type { WidgetMessage, WidgetSession } from '../../../server/contract/widget.ts'
import { Chat } from './chat.ts'
import type { Frame } from './connection.ts'

/** What the widget sees of a socket, and the server's side of it. */
class FakeSocket {
  static opened: FakeSocket[] = []
  readyState = 1
  onmessage: (event: { data: string }) => void = () => {}
  onclose: (event: { code: number }) => void = () => {}
  readonly sent: Frame[] = []

  constructor() {
    FakeSocket.opened.push(this)
  }

  send(data: string) {
    this.sent.push(JSON.parse(data) as Frame)
  }

  close() {}

  say(frame: Frame) {
    this.onmessage({ data: JSON.stringify(frame) })
  }

  cut() {
    this.readyState = 3
    this.onclose({ code: 1006 })
  }
}

const presence = { is_online: true, reply_seconds: null }
const session = { token: 'a', presence } as WidgetSession
const message = (seq: number, change: Partial<WidgetMessage> = {}): WidgetMessage => ({
  id: `m${seq}`,
  seq,
  from: 'agent',
  name: null,
  content: `text ${seq}`,
  client_id: null,
  attachments: [],
  quote: null,
  reaction: null,
  created_at: '2026-11-23T10:00:00.000Z',
  edited_at: null,
  deleted_at: null,
  ...change,
})
const welcome = { type: 'welcome', presence, read_up_to: 0, seen_up_to: 0 }

let chat: Chat
afterEach(() => {
  chat.end()
  FakeSocket.opened = []
})

function open() {
  chat = new Chat({
    socketUrl: 'ws://peyk.test/',
    session,
    shelf: { load: () => [], save: () => {} },
    tell: () => {},
    onUnseen: () => {},
    WebSocket: FakeSocket as unknown as typeof WebSocket,
  })
  return connect()
}

/** The newest connection, welcomed. */
function connect() {
  chat.wake()
  const socket = FakeSocket.opened.at(-1)
  if (!socket) throw new Error('It did not connect')
  socket.say(welcome)
  return socket
}

const seqs = () => chat.state.get().messages.map(({ seq }) => seq)

it('asks for the newest page at first, and for nothing that it missed', () => {
  expect(open().sent).toEqual([{ type: 'history' }])
})

it('asks again for what it missed, also where something newer came in between', () => {
  const first = open()
  first.say({ type: 'history', messages: [message(1)], has_older: false })
  first.cut()
  const second = connect()
  expect(second.sent).toContainEqual({ type: 'resume', after_seq: 1 })
  second.say({ type: 'message', message: message(4) })
  second.cut()
  const third = connect()
  expect(third.sent).toContainEqual({ type: 'resume', after_seq: 1 })
  third.say({ type: 'resumed', messages: [message(2), message(3), message(4)] })
  expect(seqs()).toEqual([1, 2, 3, 4])
  third.say({ type: 'message', message: message(5) })
  third.cut()
  expect(connect().sent).toContainEqual({ type: 'resume', after_seq: 5 })
})

it('shows after a cut what was changed meanwhile, and keeps older pages', () => {
  const first = open()
  first.say({ type: 'history', messages: [message(8), message(9)], has_older: true })
  first.say({ type: 'history', messages: [message(7)], has_older: false })
  first.cut()
  const second = connect()
  second.say({ type: 'resumed', messages: [] })
  const gone = message(9, { content: '', deleted_at: '2026-11-23T10:01:00.000Z' })
  second.say({ type: 'history', messages: [message(8), gone], has_older: true })
  const { messages, hasOlder } = chat.state.get()
  expect(messages).toEqual([message(7), message(8), gone])
  expect(hasOlder).toBe(false)
})

it('starts anew where it missed too much', () => {
  const first = open()
  first.say({ type: 'history', messages: [message(1)], has_older: false })
  first.cut()
  const second = connect()
  second.say({ type: 'reset' })
  second.say({ type: 'history', messages: [message(901), message(902)], has_older: true })
  expect(seqs()).toEqual([901, 902])
  expect(chat.state.get().hasOlder).toBe(true)
})

it('asks anew for the addresses of files with each newer token', () => {
  const socket = open()
  socket.say({ type: 'history', messages: [message(1)], has_older: false })
  chat.renew({ ...session, token: 'b' })
  expect(socket.sent.slice(-2)).toEqual([{ type: 'renew', token: 'b' }, { type: 'history' }])
})
