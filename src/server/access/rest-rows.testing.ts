import { inviteMember } from '../core/workspaces/invite.ts'
import type { Call, OpenRow, Row } from './row.testing.ts'
import { besides, block, makeKey, makeTag, nothing, openSocket } from './things.testing.ts'
import { MARK, type World } from './world.testing.ts'

const conversation = async (world: World): Promise<Call> => ({
  params: [(await world.openThread()).conversationId],
})
const customer = async (world: World): Promise<Call> => ({ params: [(await world.openThread()).customerId] })

const tag = async (world: World): Promise<Call> => ({ params: [await makeTag(world)] })

const withBody =
  (make: (world: World) => Promise<Call>, body: unknown) =>
  async (world: World): Promise<Call> => ({ ...(await make(world)), body })

const ownCustomerWithForeignTag = async (world: World): Promise<Call> => ({
  params: [(await world.openForeignThread()).customerId],
  body: { tag_ids: [await makeTag(world)] },
})

const asNewAgent = async (world: World): Promise<Call> => ({ by: await world.newAgent() })
const listed: Row = { call: besides((world) => world.openThread()), stranger: 'own' }

const amir = ({ amir: { person } }: World): Call => ({ params: [person.as.actor.userId] })

/** `METHOD path`, as the OpenAPI document names them. */
export const REST_ROWS: Record<string, Row | OpenRow> = {
  'POST /api/v1/message/conversation/{conversation_id}/attachments/': {
    call: async (world) => ({
      ...(await conversation(world)),
      query: '?name=note.txt',
      body: 'What the file holds',
    }),
    stranger: 'refused',
  },
  'GET /api/v1/security/connections/': { call: besides(openSocket), stranger: 'own' },

  'POST /api/v1/usr/register': { isOpen: 'makes an account' },
  'POST /api/v1/usr/login': { isOpen: 'proves somebody by their password' },
  'POST /api/v1/usr/refresh': { isOpen: 'proves somebody by a refresh token' },
  'POST /api/v1/usr/refresh-access': { isOpen: 'proves somebody by a refresh token' },
  'GET /api/v1/usr/logout': { call: asNewAgent, stranger: 'own' },
  'GET /api/v1/usr/profile': { call: nothing, stranger: 'own' },
  'PUT /api/v1/usr/profile': { call: () => ({ body: { first_name: 'Amir' } }), stranger: 'own' },
  'PATCH /api/v1/usr/profile': { call: () => ({ body: { first_name: 'Amir' } }), stranger: 'own' },
  'DELETE /api/v1/usr/delete-account': { call: asNewAgent, stranger: 'own' },

  'POST /api/v1/widget/session/': {
    isOpen: 'lets visitors of a website’s own pages in, as nobody but themselves',
  },
  'GET /api/v1/openapi.json': { isOpen: 'describes the ways in' },
  'GET /api/v1/asyncapi.json': { isOpen: 'describes the ways in' },

  'POST /api/v1/message/conversation/{conversation_id}/send-message/': {
    call: withBody(conversation, { content: 'Hello' }),
    stranger: 'refused',
  },
  'POST /api/v1/message/conversation/{conversation_id}/ai-message/': {
    call: withBody(conversation, { content: 'Hello' }),
    stranger: 'refused',
    right: 'ai',
  },
  'PATCH /api/v1/message/conversation/{conversation_id}/status/': {
    call: withBody(conversation, { status: 'closed' }),
    stranger: 'refused',
  },
  'POST /api/v1/message/support-answer/{conversation_id}/': {
    call: withBody(conversation, { content: 'Hello' }),
    stranger: 'refused',
  },
  'POST /api/v1/message/message/{message_id}/feedback/': {
    call: async (world) => ({
      params: [(await world.openThread()).answerId],
      body: { feedback: 'negative', comment: 'No' },
    }),
    stranger: 'refused',
  },
  'GET /api/v1/message/user-messages': listed,
  'GET /api/v1/message/user-conversation': listed,
  'GET /api/v1/message/user-conversation-full': listed,
  'GET /api/v1/message/conversation-item/{conversation_id}/': { call: conversation, stranger: 'refused' },
  'DELETE /api/v1/message/conversation-item/{conversation_id}/': {
    call: conversation,
    stranger: 'refused',
    right: 'delete',
  },
  'POST /api/v1/message/conversations/activate-all/': listed,
  'POST /api/v1/message/conversations/disable-all/': listed,

  'GET /api/v1/message/customers': listed,
  'GET /api/v1/message/customer-item/{customer_id}/': { call: customer, stranger: 'refused' },
  'PUT /api/v1/message/customer-item/{customer_id}/': {
    call: withBody(customer, { first_name: 'Kim' }),
    stranger: 'refused',
    nested: ownCustomerWithForeignTag,
  },
  'PATCH /api/v1/message/customer-item/{customer_id}/': {
    call: withBody(customer, { first_name: 'Kim' }),
    stranger: 'refused',
    nested: ownCustomerWithForeignTag,
  },
  'DELETE /api/v1/message/customer-item/{customer_id}/': {
    call: customer,
    stranger: 'refused',
    right: 'delete',
  },
  'GET /api/v1/customers/{customer_id}/export/': {
    call: customer,
    stranger: 'refused',
    right: 'exportData',
  },
  'POST /api/v1/customers/{customer_id}/erase/': {
    call: customer,
    stranger: 'refused',
    right: 'delete',
  },
  'POST /api/v1/message/customers/bulk-delete/': {
    call: async (world) => ({ body: { customer_ids: [(await world.openThread()).customerId] } }),
    stranger: 'own',
    right: 'delete',
    nested: async (world) => ({ body: { customer_ids: [(await world.openThread()).customerId] } }),
  },
  'POST /api/v1/message/customers/bulk-export/': {
    call: async (world) => ({ body: { customer_ids: [(await world.openThread()).customerId] } }),
    stranger: 'own',
    nested: async (world) => ({ body: { customer_ids: [(await world.openThread()).customerId] } }),
  },

  'GET /api/v1/message/tags': { call: besides(makeTag), stranger: 'own' },
  'POST /api/v1/message/tags': {
    call: (world) => ({ body: { name: world.ctx.ids.short() } }),
    stranger: 'own',
  },
  'POST /api/v1/message/tags/bulk-delete/': {
    call: async (world) => ({ body: { tag_ids: [await makeTag(world)] } }),
    stranger: 'own',
    nested: async (world) => ({ body: { tag_ids: [await makeTag(world)] } }),
  },
  'GET /api/v1/message/tags/{tag_id}/': { call: tag, stranger: 'refused' },
  'PUT /api/v1/message/tags/{tag_id}/': {
    call: async (world) => ({ ...(await tag(world)), body: { name: world.ctx.ids.short() } }),
    stranger: 'refused',
  },
  'PATCH /api/v1/message/tags/{tag_id}/': {
    call: async (world) => ({ ...(await tag(world)), body: { name: world.ctx.ids.short() } }),
    stranger: 'refused',
  },
  'DELETE /api/v1/message/tags/{tag_id}/': { call: tag, stranger: 'refused' },
  'GET /api/v1/message/customer/{customer_id}/tags/': { call: customer, stranger: 'refused' },
  'POST /api/v1/message/customer/{customer_id}/tags/': {
    call: async (world) => ({ ...(await customer(world)), body: { tag_ids: [await makeTag(world)] } }),
    stranger: 'refused',
    nested: ownCustomerWithForeignTag,
  },
  'DELETE /api/v1/message/customer/{customer_id}/tags/': {
    call: async (world) => ({ ...(await customer(world)), body: { tag_ids: [await makeTag(world)] } }),
    stranger: 'refused',
  },
  'GET /api/v1/message/customer-data/{customer_id}/': { call: customer, stranger: 'refused' },
  'PUT /api/v1/message/customer-data/{customer_id}/': {
    call: withBody(customer, { plan: 'gold' }),
    stranger: 'refused',
  },
  'PATCH /api/v1/message/customer-data/{customer_id}/': {
    call: withBody(customer, { plan: 'gold' }),
    stranger: 'refused',
  },

  'GET /api/v1/channels/': { call: nothing, stranger: 'own' },
  'POST /api/v1/channels/': {
    call: (world) => ({ body: { source: 'telegram', bot_token: world.newBot().token } }),
    stranger: 'own',
    right: 'manageChannels',
  },
  'GET /api/v1/channels/{channel_id}/': {
    call: async (world) => ({ params: [await world.openChannel()] }),
    stranger: 'refused',
  },
  'GET /api/v1/channels/{channel_id}/health/': {
    call: async (world) => ({ params: [await world.openChannel()] }),
    stranger: 'refused',
  },
  'DELETE /api/v1/channels/{channel_id}/': {
    call: async (world) => ({ params: [await world.openChannel()] }),
    stranger: 'refused',
    right: 'manageChannels',
  },
  'GET /api/v1/workspace/members/': { call: nothing, stranger: 'own' },
  'POST /api/v1/workspace/invitations/': {
    call: (world) => ({ body: { email: `${world.ctx.ids.short()}@example.com`, role: 'agent' } }),
    stranger: 'own',
    right: 'invite',
  },
  'POST /api/v1/invitations/{token}/accept/': {
    async call(world) {
      const by = await world.newcomer()
      const { url } = await inviteMember(world.ada.person.as, { email: by.email, role: 'agent' })
      return { params: [url.split('/').at(-1) ?? ''], by }
    },
    stranger: 'refused',
  },
  'GET /api/v1/api-keys/': {
    call: besides(makeKey),
    stranger: 'own',
    right: 'manageKeys',
  },
  'POST /api/v1/api-keys/': {
    call: () => ({ body: { name: 'till', scopes: ['read'] } }),
    stranger: 'own',
    right: 'manageKeys',
  },
  'DELETE /api/v1/api-keys/{key_id}/': {
    call: async (world) => ({ params: [await makeKey(world)] }),
    stranger: 'refused',
    right: 'manageKeys',
  },

  'GET /api/v1/security/summary/': { call: nothing, stranger: 'own' },
  'GET /api/v1/security/users/{user_id}/stats/': { call: amir, stranger: 'refused' },
  'GET /api/v1/security/users/{user_id}/activity/': { call: amir, stranger: 'refused' },
  'GET /api/v1/security/blacklist/': { call: nothing, stranger: 'own', right: 'instance' },
  'POST /api/v1/security/blacklist/': {
    call: () => ({ body: { ip: '203.0.113.9', hours: 0.1, reason: MARK } }),
    stranger: 'own',
    right: 'instance',
  },
  'DELETE /api/v1/security/blacklist/{ip}/': {
    call: async (world) => ({ params: [await block(world, '203.0.113.10/32')] }),
    stranger: 'own',
    right: 'instance',
  },
  'DELETE /api/v1/security/blacklist/{ip}/{bits}/': {
    call: async (world) => ({ params: (await block(world, '198.51.100.0/24')).split('/') }),
    stranger: 'own',
    right: 'instance',
  },
}

/** Ways of calling a route that end elsewhere than its row. */
export const REST_VARIANTS: Record<string, Row> = {
  'POST /api/v1/channels/ (Instagram)': {
    call: (world) => ({ body: { source: 'instagram', access_token: world.newInstagramToken() } }),
    stranger: 'own',
    right: 'manageChannels',
  },
}
