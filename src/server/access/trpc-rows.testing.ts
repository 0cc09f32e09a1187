import { formatPosition } from '../contract/ids.ts'
import { openListed, SPAM_HOLD, say } from '../core/cast.testing.ts'
import { uploadAttachment } from '../core/files/upload.ts'
import { sendMessage } from '../core/messages/send.ts'
import { setTyping } from '../core/presence/typing.ts'
import { beginTwoFactor, confirmTwoFactor } from '../core/two-factor/enrol.ts'
import { codeAt } from '../core/two-factor/two-factor.testing.ts'
import { connectWebsite } from '../core/websites/connect.ts'
import { inviteMember } from '../core/workspaces/invite.ts'
import { besides, block, makeKey, makeTag, nothing, openSocket } from './rest-rows.testing.ts'
import type { Call, OpenRow, Row } from './row.testing.ts'
import { settle } from './snapshot.testing.ts'
import { type Caller, MARK, type World } from './world.testing.ts'

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

const website =
  (more: object = {}) =>
  async ({ ada }: World): Promise<Call> => {
    const shop = { source: 'website' as const, name: `${MARK} shop`, allowed_origins: [] }
    return { body: { channelId: (await connectWebsite(ada.person.as, shop)).id, ...more } }
  }

async function* note() {
  yield Buffer.from(`${MARK} in a file`)
}

/** A file of Amir's that waits to be sent. */
async function uploadedFile(world: World) {
  const { conversationId } = await world.openThread()
  const upload = { conversationId, name: `${MARK}.txt`, bytes: note() }
  return { conversationId, id: (await uploadAttachment(world.amir.person.as, upload)).id }
}

async function sentFile(world: World) {
  const { conversationId, id } = await uploadedFile(world)
  const sending = {
    conversationId,
    content: '',
    type: 'support' as const,
    clientId: null,
    attachmentIds: [id],
  }
  await sendMessage(world.amir.person.as, sending)
  return id
}

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

/** By the procedure's path; what a REST row calls a body is the input here. */
export const TRPC_ROWS: Record<string, Row | SubscriptionRow | OpenRow> = {
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

  'people.me': { call: nothing, stranger: 'own' },
  'people.members': { call: nothing, stranger: 'own' },
  'people.setLocale': { call: () => ({ body: { locale: 'en' } }), stranger: 'own' },
  'people.invite': {
    call: (world) => ({ body: { email: `${world.ctx.ids.short()}@example.com`, role: 'agent' } }),
    stranger: 'own',
    right: 'invite',
  },
  'people.acceptInvitation': {
    async call(world) {
      const by = await world.newcomer()
      const { url } = await inviteMember(world.ada.person.as, { email: by.email, role: 'agent' })
      return { body: { token: url.split('/').at(-1) ?? '' }, by }
    },
    stranger: 'refused',
  },
  'people.changeRole': {
    call: async (world) => ({ body: { ...(await colleague(world)), role: 'admin' } }),
    stranger: 'refused',
    right: 'manageMembers',
  },
  'people.remove': {
    call: async (world) => ({ body: await colleague(world) }),
    stranger: 'refused',
    right: 'manageMembers',
  },
  'people.makeResetLink': {
    call: async (world) => ({ body: await colleague(world) }),
    stranger: 'refused',
    right: 'manageMembers',
  },
  'people.bot': { call: nothing, stranger: 'own' },
  'people.setBot': { call: () => ({ body: { isOn: true } }), stranger: 'own', right: 'manageKeys' },

  'channels.list': { call: nothing, stranger: 'own' },
  'channels.connectTelegram': {
    call: (world) => ({ body: { source: 'telegram', bot_token: world.newBot().token } }),
    stranger: 'own',
    right: 'manageChannels',
  },
  'channels.connectWebsite': {
    call: () => ({ body: { source: 'website', name: 'Shop', allowed_origins: [] } }),
    right: 'manageChannels',
    stranger: 'own',
  },
  'channels.website': { call: website(), right: 'manageChannels', stranger: 'refused' },
  'channels.changeWebsite': {
    call: website({ name: `${MARK} shop`, settings: {} }),
    right: 'manageChannels',
    stranger: 'refused',
  },
  'channels.showIdentitySecret': { call: website(), right: 'manageChannels', stranger: 'refused' },
  'channels.rotateIdentitySecret': { call: website(), right: 'manageChannels', stranger: 'refused' },
  'channels.connectInstagram': {
    call: (world) => ({ body: { source: 'instagram', access_token: world.newInstagramToken() } }),
    stranger: 'own',
    right: 'manageChannels',
  },
  'channels.instagramSetup': { call: nothing, stranger: 'own', right: 'manageChannels' },
  'channels.setHumanAgent': {
    call: async (world) => ({ body: { channelId: await world.openInstagram(), isOn: true } }),
    stranger: 'refused',
    right: 'manageChannels',
  },
  'channels.health': {
    call: async (world) => ({ body: { channelId: await world.openChannel() } }),
    stranger: 'refused',
  },
  'channels.repair': {
    call: async (world) => ({
      body: { channelId: await world.openChannel(), repair: 'retry_deliveries' },
    }),
    stranger: 'refused',
    right: 'manageChannels',
  },
  'channels.disconnect': {
    call: async (world) => ({ body: { channelId: await world.openChannel() } }),
    stranger: 'refused',
    right: 'manageChannels',
  },

  'keys.list': { call: besides(makeKey), stranger: 'own', right: 'manageKeys' },
  'keys.create': {
    call: () => ({ body: { name: 'till', scopes: ['read'] } }),
    stranger: 'own',
    right: 'manageKeys',
  },
  'keys.revoke': {
    call: async (world) => ({ body: { id: await makeKey(world) } }),
    stranger: 'refused',
    right: 'manageKeys',
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
  'account.sessions': { call: nothing, stranger: 'own' },
  'account.endSession': {
    async call(world) {
      const by = await world.newcomer()
      const { userId, sessionId } = by.person.as.actor
      const others = (await world.ctx.accounts.sessionsOf(userId)).filter(({ id }) => id !== sessionId)
      return { body: { id: others[0]?.id }, by }
    },
    stranger: 'refused',
  },
  'account.endOtherSessions': { call: async (world) => ({ by: await world.newcomer() }), stranger: 'own' },
  'account.changePassword': {
    call: async (world) => ({
      body: { current: PASSWORD, password: 'another long password' },
      by: await provable(world),
    }),
    stranger: 'own',
  },
  'account.resetPassword': { isOpen: 'proves somebody by the secret of a link' },
  'security.overview': { call: () => ({ body: { period: 'hour' } }), stranger: 'own', right: 'seeSecurity' },
  'security.events': { call: () => ({ body: {} }), stranger: 'own', right: 'seeSecurity' },
  'security.blocked': { call: nothing, stranger: 'own', right: 'instance' },
  'security.block': {
    call: () => ({ body: { ip: '203.0.113.19', hours: 0.1, reason: MARK } }),
    stranger: 'own',
    right: 'instance',
  },
  'security.unblock': {
    call: async (world) => ({ body: { ip: await block(world, '203.0.113.20/32') } }),
    stranger: 'own',
    right: 'instance',
  },
  'twoFactor.get': { call: nothing, stranger: 'own' },
  'twoFactor.begin': {
    call: async (world) => ({ body: { password: PASSWORD }, by: await provable(world) }),
    stranger: 'own',
  },
  'twoFactor.confirm': {
    async call(world) {
      const by = await provable(world)
      const { secret } = await beginTwoFactor(by.person.as, { password: PASSWORD })
      return { body: { code: codeAt(secret, Date.now()) }, by }
    },
    stranger: 'own',
  },
  'twoFactor.disable': { call: proveBoth, stranger: 'own' },
  'twoFactor.renewCodes': { call: proveBoth, stranger: 'own' },
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
  'audit.list': { call: () => ({ body: {} }), stranger: 'own', right: 'seeAudit' },
  'retention.get': { call: nothing, stranger: 'own', right: 'setRetention' },
  'retention.preview': { call: () => ({ body: { days: 30 } }), stranger: 'own', right: 'setRetention' },
  'retention.set': { call: () => ({ body: { days: 365 } }), stranger: 'own', right: 'setRetention' },
  'tags.list': { call: besides(makeTag), stranger: 'own' },
  'tags.create': { call: (world) => ({ body: { names: [world.ctx.ids.short()] } }), stranger: 'own' },
}

const PASSWORD = 'a long password'

/** Somebody new in Ada's workspace. */
const colleague = async (world: World) => ({ userId: (await world.newAgent()).person.as.actor.userId })

/** Somebody new who has a password. */
async function provable(world: World): Promise<Caller> {
  const by = await world.newcomer()
  const passwordHash = await world.ctx.passwords.hash(PASSWORD)
  await world.prisma.user.update({ where: { id: by.person.as.actor.userId }, data: { passwordHash } })
  return by
}

/** Somebody new with a second factor, proved by the password and a recovery code. */
async function proveBoth(world: World): Promise<Call> {
  const by = await provable(world)
  const { secret } = await beginTwoFactor(by.person.as, { password: PASSWORD })
  const { codes } = await confirmTwoFactor(by.person.as, { code: codeAt(secret, Date.now()) })
  return { body: { password: PASSWORD, code: codes[0] }, by }
}

/** A message of Ada's whose delivery came to nothing: its customer is unknown to the platform. */
async function failedMessage(world: World): Promise<string> {
  const { conversationId } = await world.openThread()
  const input = { conversationId, clientId: null, content: 'Hello', type: 'support' as const }
  const { message } = await sendMessage(world.ada.person.as, input)
  await settle(world.prisma)
  return message.id
}

/** A message of Ada's that is held as spam. */
async function heldMessage({ ada }: World): Promise<string> {
  const { as } = ada.person
  return (await say(as, await openListed(as), `${MARK} casino`, SPAM_HOLD)).id
}
