import { Invite } from '../../contract/account.ts'
import { ConnectTelegram } from '../../contract/channel.ts'
import { toRestChannel, toRestMember } from '../../contract/rest.ts'
import { connectTelegram } from '../../core/channels/connect.ts'
import { disconnectChannel } from '../../core/channels/disconnect.ts'
import { listChannels } from '../../core/channels/list.ts'
import { acceptInvitation, inviteMember } from '../../core/workspaces/invite.ts'
import { listMembers } from '../../core/workspaces/people.ts'
import { type Answer, type MemberExchange, type Route, refuse } from './exchange.ts'

/** `channels/`, `workspace/` and `invitations/`: design.md section 7. */
export const workspaceRoutes: Route[] = [
  {
    method: 'GET',
    path: /^\/api\/v1\/channels$/,
    run: async ({ ctx }) => ok({ results: (await listChannels(ctx)).map(toRestChannel) }),
  },
  { method: 'POST', path: /^\/api\/v1\/channels$/, run: connect },
  { method: 'DELETE', path: /^\/api\/v1\/channels\/(\d{1,9})$/, run: disconnect },
  {
    method: 'GET',
    path: /^\/api\/v1\/workspace\/members$/,
    run: async ({ ctx }) => ok({ results: (await listMembers(ctx)).map(toRestMember) }),
  },
  { method: 'POST', path: /^\/api\/v1\/workspace\/invitations$/, run: invite },
  {
    method: 'POST',
    path: /^\/api\/v1\/invitations\/([\w-]{1,200})\/accept$/,
    run: async ({ ctx, params }) => {
      const { workspaceId } = await acceptInvitation(ctx, { token: params[0] ?? '' })
      return ok({ workspace_id: workspaceId })
    },
  },
]

const ok = (body: unknown): Answer => ({ status: 200, body })

async function connect({ ctx, body }: MemberExchange): Promise<Answer> {
  const input = ConnectTelegram.safeParse(body)
  if (!input.success)
    throw refuse(400, input.error.issues[0]?.message ?? 'Invalid channel', 'INVALID_CHANNEL')
  const { channel, ...rest } = await connectTelegram(ctx, input.data)
  const { id, source, name } = channel
  return { status: 201, body: { id, source, name, is_connect: channel.isConnect, ...rest } }
}

async function disconnect({ ctx, params }: MemberExchange): Promise<Answer> {
  await disconnectChannel(ctx, { channelId: Number(params[0]) })
  return { status: 204 }
}

async function invite({ ctx, body }: MemberExchange): Promise<Answer> {
  const input = Invite.safeParse(body)
  if (!input.success)
    throw refuse(400, input.error.issues[0]?.message ?? 'Invalid invitation', 'INVALID_INVITATION')
  return { status: 201, body: await inviteMember(ctx, input.data) }
}
