import type { WebSocket } from 'ws'

/** Bytes that may wait in a socket's buffer before the reader is cut off; it resumes by position. */
export const MAX_BUFFERED_BYTES = 4 * 1024 * 1024
/** Ephemeral frames are dropped first. */
const MAX_BUFFERED_EPHEMERAL = 256 * 1024
export const TOO_SLOW = 1013

/** Sends a frame that was encoded once; closes the socket of a reader that does not keep up. */
export function sendDurable(socket: WebSocket, frame: Buffer) {
  if (socket.readyState !== socket.OPEN) return
  if (socket.bufferedAmount <= MAX_BUFFERED_BYTES) return socket.send(frame, { binary: false })
  socket.close(TOO_SLOW, 'Too slow')
  socket.terminate()
}

export function sendEphemeral(socket: WebSocket, frame: Buffer) {
  if (socket.readyState === socket.OPEN && socket.bufferedAmount <= MAX_BUFFERED_EPHEMERAL)
    socket.send(frame, { binary: false })
}

export const encode = (frame: object): Buffer => Buffer.from(JSON.stringify(frame))
