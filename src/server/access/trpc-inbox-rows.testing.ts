import { formatPosition } from '../contract/ids.ts'
import { openListed } from '../core/cast.testing.ts'
import { sendMessage } from '../core/messages/send.ts'
import { setTyping } from '../core/presence/typing.ts'
import type { Call, Row } from './row.testing.ts'
import {
  besides,
  failedMessage,
  heldMessage,
  makeTag,
  openSocket,
  sentFile,
  uploadedFile,
} from './things.testing.ts'
import type { Caller, World } from './world.testing.ts'

/** A subscription yields what happens in the caller's workspace, and nothing of any other. */
export interface SubscriptionRow {
  input(world: World, caller: Caller): Promise<object | undefined>
  /** Makes one thing happen in the caller's workspace that the subscription yields. */
  provoke(world: World, caller: Caller): Promise<void>
}

const thread =
  (more: object = {}) =>
  async (world: World): Promise<Call> => ({
    body: { conversationId: (await world.openThread()).conversationId, ...more },
  })

/** About a message that the caller, an agent, wrote. */
const own =
  (more: object = {}) =>
  async (world: World): Promise<Call> => {
    const { conversationId } = await world.openThread()
    const said = { conversationId, content: 'Helo', type: 'support' as const, clientId: null }
    const { message } = await sendMessage(world.amir.person.as, said)
    return { body: { messageId: message.id, ...more } }
  }

const inbox: Row = { call: besides((world) => world.openThread()), stranger: 'own' }

/** Conversations and those who are in them. By the procedure's path; what a REST row calls a body is the input here. */
export const INBOX_ROWS: Record<string, Row | SubscriptionRow> = {
  'live.events': {
    input: async ({ ctx }, { person }) => {
      const { epoch, head } = await ctx.journal.position(person.as.actor.workspaceId)
      return { position: formatPosition(epoch, head) }
    },
    provoke: async (_, { person }) => void (await openListed(person.as)),
  },
  'live.signals': {
    input: async () => undefined,
    async provoke(_, { person }) {
      const { id } = await openListed(person.as)
      await setTyping(person.as, { conversationId: id, isTyping: true, connectionId: 'another' })
    },
  },
  'live.typing': { call: thread({ isTyping: true }), stranger: 'refused' },
  'live.viewing': { call: thread(), stranger: 'refused' },
  'connections.list': { call: besides(openSocket), stranger: 'own' },
  'connections.end': {
    call: async (world) => ({ body: { connectionId: await openSocket(world) } }),
    stranger: 'refused',
    right: 'seeSecurity',
    denied: 404,
  },
  'conversations.list': {
    ...inbox,
    call: async (world) => ({ ...(await inbox.call(world)), body: { view: 'all' } }),
  },
  'conversations.get': { call: thread(), stranger: 'refused' },
  'conversations.markRead': { call: thread({ upTo: 1 }), stranger: 'refused' },
  'conversations.setStatus': { call: thread({ status: 'closed' }), stranger: 'refused' },
  'conversations.delete': { call: thread(), stranger: 'refused', right: 'delete' },
  'messages.list': { call: thread(), stranger: 'refused' },
  'files.links': {
    call: async (world) => ({ body: { ids: [await sentFile(world)] } }),
    stranger: 'own',
  },
  'files.discard': {
    call: async (world) => ({ by: world.amir, body: { id: (await uploadedFile(world)).id } }),
    stranger: 'refused',
  },
  'messages.send': { call: thread({ clientId: 'c-1', content: 'Hello' }), stranger: 'refused' },
  'messages.window': { call: thread(), stranger: 'refused' },
  'messages.retry': {
    call: async (world) => ({ body: { messageId: await failedMessage(world) } }),
    stranger: 'refused',
  },
  'messages.rate': {
    call: async (world) => ({
      body: { messageId: (await world.openThread()).answerId, feedback: 'positive' },
    }),
    stranger: 'refused',
  },
  'messages.edit': { call: own({ content: 'Hello again' }), stranger: 'refused' },
  'messages.unsend': { call: own(), stranger: 'refused' },
  'messages.pastTexts': { call: own(), stranger: 'refused' },
  'messages.react': {
    call: async (world) => ({ body: { messageId: (await world.openThread()).messageId, emoji: '👍' } }),
    stranger: 'refused',
  },
  'messages.deliveries': {
    call: async (world) => ({ body: { messageId: await failedMessage(world) } }),
    stranger: 'refused',
  },
  'customers.update': {
    call: async (world) => ({
      body: { customerId: (await world.openThread()).customerId, firstName: 'Kim' },
    }),
    stranger: 'refused',
    nested: async (world) => ({
      body: { customerId: (await world.openForeignThread()).customerId, tagIds: [await makeTag(world)] },
    }),
  },
  'spam.list': {
    call: async (world) => ({ ...(await besides(heldMessage)(world)), body: {} }),
    stranger: 'own',
  },
  'spam.count': { call: besides(heldMessage), stranger: 'own' },
  'spam.places': { call: thread(), stranger: 'refused' },
  'spam.release': {
    call: async (world) => ({ body: { messageIds: [await heldMessage(world)] } }),
    stranger: 'refused',
  },
  'spam.discard': {
    call: async (world) => ({ body: { messageIds: [await heldMessage(world)] } }),
    stranger: 'refused',
    right: 'delete',
  },
  'customers.erase': {
    call: async (world) => ({ body: { customerId: (await world.openThread()).customerId } }),
    stranger: 'refused',
    right: 'delete',
  },
  'tags.list': { call: besides(makeTag), stranger: 'own' },
  'tags.create': { call: (world) => ({ body: { names: [world.ctx.ids.short()] } }), stranger: 'own' },
}
