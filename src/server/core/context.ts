import type { KeyScope, Role } from '../contract/account.ts'
import type { Ports } from './ports.ts'

/** Who acts. A member enters the rooms of every workspace of theirs; the console works in one, `workspaceId`. */
export type Actor =
  | {
      kind: 'member'
      userId: number
      name: string
      sessionId: string
      workspaceId: number
      workspaces: { id: number; name: string; role: Role }[]
      sessionKind: 'console' | 'api'
      /** True for whoever runs this instance. */
      isInstanceAdmin: boolean
      /** Where the request or the socket comes from. */
      address?: string
      /** When the token ends that they came with; a console session has none. */
      tokenExpiresAt?: number
      /** Set where a program acts with a key: in the key's workspace alone, and only what its scopes allow. */
      key?: { id: number; scopes: KeyScope[] }
      /** Set where the command line acts, for whoever runs the machine: a person of no workspace. */
      isCommandLine?: true
    }
  | Visitor
  | { kind: 'system' }

/** Somebody on a website: the customer of one conversation, and of nothing else. */
export interface Visitor {
  kind: 'visitor'
  workspaceId: number
  channelId: number
  /** "visitor:…" of a browser, "user:…" of somebody whom the site has proved. */
  sourceId: string
  name: string | null
  email: string | null
  address: string
}

export type VisitorCtx = Ctx<Visitor>

export type Member = Extract<Actor, { kind: 'member' }>

/** Everything a verb of the core may use: who acts, and the ports. */
export type Ctx<A extends Actor = Actor> = Ports & { actor: A }

export type MemberCtx = Ctx<Member>

export const workspaceIds = (ctx: MemberCtx): number[] =>
  ctx.actor.workspaces.map((workspace) => workspace.id)
