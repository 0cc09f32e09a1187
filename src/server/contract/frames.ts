import { CHAT_SOCKET } from './chat-frames.ts'
import { CONVERSATIONS_SOCKET, CUSTOMERS_SOCKET } from './list-frames.ts'
import type { SocketDoc } from './socket-doc.ts'

/** Every frame of the raw protocol, by socket. What `transports/ws` sends is checked against these in the tests. */
export const SOCKETS: SocketDoc[] = [CHAT_SOCKET, CONVERSATIONS_SOCKET, CUSTOMERS_SOCKET]
