import { z } from 'zod'
import { ApiKey, CreateApiKey, Invitation, Invite } from '../../contract/account.ts'
import { ConnectInstagram, ConnectTelegram } from '../../contract/channel.ts'
import { ChannelHealth } from '../../contract/channel-health.ts'
import { IntId } from '../../contract/ids.ts'
import { FieldErrors, RestError, Results } from '../../contract/rest.ts'
import {
  ConnectedInstagram,
  ConnectedTelegram,
  ConnectedWebsite,
  RestChannel,
  RestMember,
  toRestChannel,
  toRestMember,
} from '../../contract/rest-workspace.ts'
import { ConnectWebsite } from '../../contract/website.ts'
import { connectTelegram } from '../../core/channels/connect.ts'
import { connectInstagram } from '../../core/channels/connect-instagram.ts'
import { disconnectChannel } from '../../core/channels/disconnect.ts'
import { examineChannel } from '../../core/channels/examine.ts'
import { listChannels } from '../../core/channels/list.ts'
import { createKey, listKeys, revokeKey } from '../../core/keys/keys.ts'
import { connectWebsite } from '../../core/websites/connect.ts'
import { acceptInvitation, inviteMember } from '../../core/workspaces/invite.ts'
import { listMembers } from '../../core/workspaces/people.ts'
import { type Answer, type MemberExchange, refuse } from './exchange.ts'
import { idOf, parseBody } from './fields.ts'
import type { Route, RouteDoc } from './route.ts'

const ConnectChannel = z.discriminatedUnion('source', [ConnectTelegram, ConnectInstagram, ConnectWebsite])

/** `channels/`, `workspace/`, `invitations/` and `api-keys/`: design.md section 7. */
export const workspaceRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/v1/channels/',
    scopes: ['read'],
    doc: doc('Connected channels', { 200: Results(RestChannel) }),
    run: async ({ ctx }) => ok({ results: (await listChannels(ctx)).map(toRestChannel) }),
  },
  {
    method: 'POST',
    path: '/api/v1/channels/',
    scopes: [],
    doc: doc(
      'Connect a channel',
      {
        201: z.union([ConnectedTelegram, ConnectedInstagram, ConnectedWebsite]),
        400: RestError,
        403: RestError,
        409: RestError,
      },
      ConnectChannel,
    ),
    run: connect,
  },
  {
    method: 'GET',
    path: '/api/v1/channels/{channel_id}/',
    scopes: ['read'],
    doc: doc('One channel', { 200: RestChannel, 404: RestError }),
    run: one,
  },
  {
    method: 'DELETE',
    path: '/api/v1/channels/{channel_id}/',
    scopes: [],
    doc: doc('Disconnect a channel; its conversations stay', { 204: null, 403: RestError, 404: RestError }),
    run: disconnect,
  },
  {
    method: 'GET',
    path: '/api/v1/channels/{channel_id}/health/',
    scopes: ['read'],
    doc: doc('How a channel is; its platform is asked', {
      200: ChannelHealth,
      404: RestError,
      429: RestError,
    }),
    run: async ({ ctx, params }) => ok(await examineChannel(ctx, { channelId: idOf(params[0], 'Channel') })),
  },
  {
    method: 'GET',
    path: '/api/v1/workspace/members/',
    scopes: ['read'],
    doc: doc('Colleagues', { 200: Results(RestMember) }),
    run: async ({ ctx }) => ok({ results: (await listMembers(ctx)).map(toRestMember) }),
  },
  {
    method: 'POST',
    path: '/api/v1/workspace/invitations/',
    scopes: [],
    doc: doc('Invite somebody', { 201: Invitation, 400: RestError, 403: RestError, 409: RestError }, Invite),
    run: invite,
  },
  {
    method: 'POST',
    path: '/api/v1/invitations/{token}/accept/',
    scopes: [],
    doc: doc('Accept an invitation', { 200: z.strictObject({ workspace_id: IntId }), 404: RestError }),
    run: async ({ ctx, params }) => {
      const { workspaceId } = await acceptInvitation(ctx, { token: params[0] ?? '' })
      return ok({ workspace_id: workspaceId })
    },
  },
  {
    method: 'GET',
    path: '/api/v1/api-keys/',
    scopes: [],
    doc: doc('Live API keys, without their secrets', { 200: Results(ApiKey), 403: RestError }),
    run: async ({ ctx }) => ok({ results: await listKeys(ctx) }),
  },
  {
    method: 'POST',
    path: '/api/v1/api-keys/',
    scopes: [],
    doc: doc(
      'Make an API key; `key` is shown this once',
      { 201: ApiKey.extend({ key: z.string() }), 400: FieldErrors, 403: RestError },
      CreateApiKey,
    ),
    run: async ({ ctx, body }) => ({
      status: 201,
      body: await createKey(ctx, parseBody(CreateApiKey, body)),
    }),
  },
  {
    method: 'DELETE',
    path: '/api/v1/api-keys/{key_id}/',
    scopes: [],
    doc: doc('Revoke an API key', { 204: null, 403: RestError, 404: RestError }),
    run: async ({ ctx, params }) => {
      await revokeKey(ctx, { id: idOf(params[0], 'API key') })
      return { status: 204 }
    },
  },
]

function doc(summary: string, answers: RouteDoc['answers'], body?: z.ZodType): RouteDoc {
  return { summary, tag: 'workspace', answers, ...(body && { body }) }
}

const ok = (body: unknown): Answer => ({ status: 200, body })

async function connect({ ctx, body }: MemberExchange): Promise<Answer> {
  const input = ConnectChannel.safeParse(body)
  if (!input.success)
    throw refuse(400, input.error.issues[0]?.message ?? 'Invalid channel', 'INVALID_CHANNEL')
  if (input.data.source === 'website') {
    const { id, name, siteKey, snippet } = await connectWebsite(ctx, input.data)
    return { status: 201, body: { id, source: 'website', name, site_key: siteKey, snippet } }
  }
  if (input.data.source === 'instagram') {
    const { channel, accountId, webhookUrl } = await connectInstagram(ctx, input.data)
    const { id, name, isConnect } = channel
    const account = { instagram_user_id: accountId, is_connect: isConnect }
    return { status: 201, body: { id, source: 'instagram', name, ...account, webhook_url: webhookUrl } }
  }
  const { channel, ...rest } = await connectTelegram(ctx, input.data)
  const { id, source, name } = channel
  return { status: 201, body: { id, source, name, is_connect: channel.isConnect, ...rest } }
}

async function one({ ctx, params }: MemberExchange): Promise<Answer> {
  const id = idOf(params[0], 'Channel')
  const channel = (await listChannels(ctx)).find((held) => held.id === id)
  if (!channel) throw refuse(404, 'Channel not found', 'NOT_FOUND')
  return ok(toRestChannel(channel))
}

async function disconnect({ ctx, params }: MemberExchange): Promise<Answer> {
  await disconnectChannel(ctx, { channelId: idOf(params[0], 'Channel') })
  return { status: 204 }
}

async function invite({ ctx, body }: MemberExchange): Promise<Answer> {
  const input = Invite.safeParse(body)
  if (!input.success)
    throw refuse(400, input.error.issues[0]?.message ?? 'Invalid invitation', 'INVALID_INVITATION')
  return { status: 201, body: await inviteMember(ctx, input.data) }
}
