import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'

/** What was stored, or would have been. */
export interface Stored {
  id: number | string
  createdAt: Date
}

type Publish = (stored: Stored) => void

/**
 * The least that a chat server does: a socket belongs to the room in its path, and what it sends goes, encoded once,
 * to everybody there. `store` says when. Prints the port once it listens.
 */
export function serveRooms(store: (room: string, content: string, publish: Publish) => void) {
  const rooms = new Map<string, Set<WebSocket>>()
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })
  const server = createServer()
  server.on('upgrade', (req, socket, head) => {
    const room = /^\/ws\/chat\/([^/?]+)/.exec(req.url ?? '')?.[1] ?? ''
    sockets.handleUpgrade(req, socket, head, (ws) => {
      const guests = rooms.get(room) ?? new Set()
      rooms.set(room, guests.add(ws))
      ws.on('close', () => guests.delete(ws))
      ws.on('message', (data) => {
        const { content } = JSON.parse(String(data)) as { content: string }
        store(room, content, (stored) => {
          const frame = encode(room, content, stored)
          for (const guest of guests) guest.send(frame, { binary: false })
        })
      })
    })
  })
  server.listen(0, '127.0.0.1', () => console.log(`port ${(server.address() as AddressInfo).port}`))
}

const encode = (room: string, content: string, { id, createdAt }: Stored): Buffer =>
  Buffer.from(
    JSON.stringify({
      type: 'chat_message',
      message: {
        id: String(id),
        conversation_id: room,
        content,
        type: 'support',
        created_at: createdAt.toISOString(),
      },
      external_send_result: {},
    }),
  )
