import type { WebSocket } from 'ws'

/** Pings and pongs of one client within the window; an honest one sends one of either in several seconds. */
export const MAX_CONTROL_FRAMES = 200
const WINDOW_MS = 10_000
/** For the client's answer to the close. */
const GOODBYE_MS = 1_000
const TOO_MANY = 1008

/**
 * Answers a client's pings, up to a bound: ws by itself answers every one, and a client that sends them without reading
 * the answers would have them all wait in memory. `onPong` hears of the pongs within the bound.
 */
export function answerPings(ws: WebSocket, onPong: () => void = () => {}) {
  let count = 0
  let since = performance.now()
  const isWithin = () => {
    if (performance.now() - since > WINDOW_MS) [count, since] = [0, performance.now()]
    count++
    if (count <= MAX_CONTROL_FRAMES) return true
    if (count === MAX_CONTROL_FRAMES + 1) {
      ws.close(TOO_MANY, 'Too many control frames')
      // ws would read on for as long as half a minute.
      setTimeout(() => ws.terminate(), GOODBYE_MS).unref()
    }
    return false
  }
  ws.on('ping', (data: Buffer) => isWithin() && ws.pong(data))
  ws.on('pong', () => isWithin() && onPong())
}
