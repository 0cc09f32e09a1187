import type { VisitorProof } from '../../contract/widget.ts'

/** Who a short-lived token lets in. It is sealed: it travels in addresses, and nobody reads a name out of it. */
export interface VisitorClaims {
  workspaceId: number
  channelId: number
  sourceId: string
  name: string | null
  email: string | null
  /** The page it was given to. */
  origin: string
  expiresAt: number
}

/** Who somebody is, as their site's own server says. */
export interface VisitorIdentity {
  id: string
  name: string | null
  email: string | null
}

/** What visitors prove themselves with. Every kind is signed under a key of its own. */
export interface VisitorTokens {
  issue(claims: VisitorClaims): Promise<string>
  verify(token: string, now: number): Promise<VisitorClaims | 'invalid' | 'expired'>
  /** What a browser keeps to come back as the same visitor, on this channel alone. */
  remember(channelId: number, visitorId: string): string
  /** The visitor's id, or null where that was not given out by us for this channel. */
  recall(channelId: number, kept: string): string | null
  /** Null where the proof does not hold: another secret, another algorithm, no expiry or too late a one. */
  readProof(proof: VisitorProof, secret: string, now: number): Promise<VisitorIdentity | null>
}
