import { expect, it } from 'vitest'
import { WaitingRoom } from './waiting-room.ts'

it('holds so many of one address, and as many of another', () => {
  const room = new WaitingRoom(2)
  const [first, second] = [room.enter('203.0.113.9'), room.enter('203.0.113.9')]
  expect([first, second]).not.toContain(null)
  expect(room.enter('203.0.113.9')).toBeNull()
  expect(room.enter('203.0.113.10')).not.toBeNull()
})

it('counts the /64 of an IPv6 address as one', () => {
  const room = new WaitingRoom(1)
  expect(room.enter('2001:db8::1')).not.toBeNull()
  expect(room.enter('2001:db8::ffff:1')).toBeNull()
  expect(room.enter('2001:db8:0:1::1')).not.toBeNull()
})

it('is left once by whoever leaves twice', () => {
  const room = new WaitingRoom(2)
  const leave = room.enter('203.0.113.9')
  room.enter('203.0.113.9')
  leave?.()
  leave?.()
  expect(room.enter('203.0.113.9')).not.toBeNull()
  expect(room.enter('203.0.113.9')).toBeNull()
})
