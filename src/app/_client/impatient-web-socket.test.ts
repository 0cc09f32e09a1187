// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { impatientWebSocket } from './impatient-web-socket.ts'

/** A socket whose peer is the test. */
class QuietSocket extends EventTarget {
  static readonly CONNECTING = 0
  static readonly CLOSED = 3
  readyState = 1
  close() {
    this.readyState = 2
  }
}

const openSocket = (readyState = 1) => {
  const Socket = impatientWebSocket(QuietSocket as unknown as typeof WebSocket)
  const socket = new Socket('ws://peyk.example/trpc')
  Object.assign(socket, { readyState })
  const codes: number[] = []
  socket.addEventListener('close', ({ code }) => codes.push(code))
  return { socket, codes }
}

describe('a socket to a peer that fell silent', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('is closed a second after it was told to close', () => {
    const { socket, codes } = openSocket()
    socket.close()
    vi.advanceTimersByTime(999)
    expect(codes).toEqual([])
    vi.advanceTimersByTime(1)
    expect(codes).toEqual([1006])
  })

  it('is closed once only, however often it is told', () => {
    const { socket, codes } = openSocket()
    socket.close()
    socket.close()
    vi.advanceTimersByTime(10_000)
    expect(codes).toEqual([1006])
  })

  it('that closes in time says so itself', () => {
    const { socket, codes } = openSocket()
    socket.close()
    Object.assign(socket, { readyState: 3 })
    socket.dispatchEvent(new CloseEvent('close', { code: 1000 }))
    vi.advanceTimersByTime(10_000)
    expect(codes).toEqual([1000])
  })

  it('is given up when it does not open', () => {
    const { codes } = openSocket(0)
    vi.advanceTimersByTime(11_000)
    expect(codes).toEqual([1006])
  })
})
