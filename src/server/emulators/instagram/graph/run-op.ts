import type { GraphOp } from '../call-types.ts'
import type { World } from '../world/world.ts'
import { listSubscriptions, readAccount, readProfile, subscribe, unsubscribe } from './account-ops.ts'
import type { Answer, Call, Target } from './call.ts'
import { listConversations, readConversation, readMessage } from './conversation-ops.ts'
import { noSuchObject } from './graph-error.ts'
import type { Params } from './params.ts'
import { sendMessage } from './send.ts'
import { exchangeToken, refreshToken, requireToken } from './token-ops.ts'

type Op = (call: Call) => Answer | Promise<Answer>

const OPS: Record<Exclude<GraphOp, 'cdn'>, Op> = {
  me: readAccount,
  send: sendMessage,
  sender_action: sendMessage,
  subscribe,
  subscriptions: listSubscriptions,
  unsubscribe,
  exchange: ({ world, token, params }) => ({ body: exchangeToken(world, token, params) }),
  refresh: ({ world, token, params }) => ({ body: refreshToken(world, token, params) }),
  profile: readProfile,
  conversations: listConversations,
  conversation: readConversation,
  message: readMessage,
  unknown: ({ target }) => {
    throw noSuchObject(target.verb, target.id)
  },
}

export async function runOp(
  world: World,
  asked: { target: Target; params: Params; tokenText: string },
): Promise<Answer> {
  const { target, params } = asked
  const token = requireToken(world, asked.tokenText)
  const account = world.getAccount(token.accountId)
  const run = target.op === 'cdn' ? OPS.unknown : OPS[target.op]
  return run({ world, account, token, params, target })
}
