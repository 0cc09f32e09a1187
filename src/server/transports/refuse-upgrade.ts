import type { Duplex } from 'node:stream'

/**
 * Answers an upgrade with a status instead, and ends the connection for good: an upgraded socket has no timeouts any more,
 * and whoever kept their side of it open would keep ours too.
 */
export function refuseUpgrade(socket: Duplex, status: string, headers: Record<string, string> = {}) {
  const lines = Object.entries({ Connection: 'close', 'Content-Length': '0', ...headers })
  socket.once('finish', () => socket.destroy())
  socket.end(`HTTP/1.1 ${status}\r\n${lines.map((line) => `${line.join(': ')}\r\n`).join('')}\r\n`)
}
