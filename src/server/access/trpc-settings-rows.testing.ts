import { beginTwoFactor } from '../core/two-factor/enrol.ts'
import { codeAt } from '../core/two-factor/two-factor.testing.ts'
import { connectWebsite } from '../core/websites/connect.ts'
import { inviteMember } from '../core/workspaces/invite.ts'
import type { Call, OpenRow, Row } from './row.testing.ts'
import {
  besides,
  block,
  colleague,
  makeKey,
  nothing,
  PASSWORD,
  provable,
  proveBoth,
} from './things.testing.ts'
import { MARK, type World } from './world.testing.ts'

const website =
  (more: object = {}) =>
  async ({ ada }: World): Promise<Call> => {
    const shop = { source: 'website' as const, name: `${MARK} shop`, allowed_origins: [] }
    return { body: { channelId: (await connectWebsite(ada.person.as, shop)).id, ...more } }
  }

/** A workspace, its members, channels and rules. By the procedure's path; what a REST row calls a body is the input here. */
export const SETTINGS_ROWS: Record<string, Row | OpenRow> = {
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
  'audit.list': { call: () => ({ body: {} }), stranger: 'own', right: 'seeAudit' },
  'retention.get': { call: nothing, stranger: 'own', right: 'setRetention' },
  'retention.preview': { call: () => ({ body: { days: 30 } }), stranger: 'own', right: 'setRetention' },
  'retention.set': { call: () => ({ body: { days: 365 } }), stranger: 'own', right: 'setRetention' },
}
