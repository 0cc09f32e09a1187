import type { WebSocket } from 'ws'
import type { ConnectionKind } from '../contract/connection.ts'
import type { MemberCtx } from '../core/context.ts'

/** A browser says a hundred characters or two; a client may say what it likes. */
const MAX_USER_AGENT = 300

interface About {
  id: string
  kind: ConnectionKind
  workspaceIds: number[]
  conversationId?: string
  userAgent: string | undefined
}

/** Tells who watches over connections of this socket, for as long as it is open; `end` closes it for somebody who wants that. */
export function reportSocket(ctx: MemberCtx, ws: WebSocket, about: About, end: () => void): void {
  const { userId, sessionId, address = '' } = ctx.actor
  const note = {
    ...about,
    userId,
    sessionId,
    address,
    conversationId: about.conversationId ?? null,
    userAgent: about.userAgent?.slice(0, MAX_USER_AGENT) ?? '',
  }
  ws.on('close', ctx.sockets.add(note, { lagBytes: () => ws.bufferedAmount, end }))
}
