import type { GraphOp } from '../call-types.ts'
import type { Account } from '../world/account.ts'
import type { Target } from './call.ts'

const VERSION = /^\/v\d{1,2}\.\d(?=\/)/

/** What the request is about, as seen by the owner of its token. */
export function findTarget(
  { verb, path, isAction }: { verb: string; path: string; isAction: boolean },
  account: Account | null,
): Target {
  const [first = '', edge, ...rest] = segmentsOf(path)
  const id = first === 'me' ? (account?.id ?? 'me') : first
  if (rest.length > 0) return { op: 'unknown', id, verb }
  const op = edge === undefined ? nodeOp(verb, id, account) : edgeOp(verb, edge, isAction)
  // An edge belongs to the token's own account, or to nobody.
  const isForeign = edge !== undefined && account !== null && id !== account.id
  return { op: isForeign ? 'unknown' : op, id, verb }
}

function segmentsOf(path: string): string[] {
  const parts = path
    .replace(VERSION, '')
    .split('/')
    .filter((part) => part !== '')
  return parts.map((part) => {
    try {
      return decodeURIComponent(part)
    } catch {
      return part
    }
  })
}

function nodeOp(verb: string, id: string, account: Account | null): GraphOp {
  if (verb !== 'GET') return 'unknown'
  if (id === 'access_token') return 'exchange'
  if (id === 'refresh_access_token') return 'refresh'
  if (id === 'me' || id === account?.id) return 'me'
  if (account?.findThread(id)) return 'profile'
  if (account?.findConversation(id)) return 'conversation'
  return account?.findThreadOf(id) ? 'message' : 'unknown'
}

function edgeOp(verb: string, edge: string, isAction: boolean): GraphOp {
  if (edge === 'messages' && verb === 'POST') return isAction ? 'sender_action' : 'send'
  if (edge === 'conversations' && verb === 'GET') return 'conversations'
  if (edge !== 'subscribed_apps') return 'unknown'
  if (verb === 'POST') return 'subscribe'
  if (verb === 'DELETE') return 'unsubscribe'
  return verb === 'GET' ? 'subscriptions' : 'unknown'
}
