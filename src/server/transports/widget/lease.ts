import type { WebSocket } from 'ws'
import { WIDGET_UNPROVED } from '../../contract/close-codes.ts'
import type { Ctx } from '../../core/context.ts'
import type { VisitorClaims } from '../../core/ports/visitor-tokens.ts'

export interface Lease {
  renew(token: unknown): Promise<void>
  end(): void
}

/** The socket ends with its token, unless a newer one of the same visitor comes first. */
export function leaseOf({ clock, visitorTokens }: Ctx, ws: WebSocket, claims: VisitorClaims): Lease {
  const end = () => ws.close(WIDGET_UNPROVED, 'This token is expired')
  const wait = ({ expiresAt }: VisitorClaims) => setTimeout(end, Math.max(0, expiresAt - clock.now()))
  let timer = wait(claims)
  return {
    end: () => clearTimeout(timer),
    renew: async (token) => {
      const newer = await visitorTokens.verify(String(token), clock.now())
      if (typeof newer === 'string' || !isSameVisitor(newer, claims))
        return ws.close(WIDGET_UNPROVED, 'This token is not yours')
      clearTimeout(timer)
      timer = wait(newer)
    },
  }
}

const isSameVisitor = (a: VisitorClaims, b: VisitorClaims): boolean =>
  a.channelId === b.channelId && a.sourceId === b.sourceId && a.workspaceId === b.workspaceId
