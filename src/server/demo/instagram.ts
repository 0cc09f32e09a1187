import type { Container } from '../container.ts'
import { requirePlatform } from '../core/channels/platform-of.ts'
import { type InstagramEmulator, startInstagramEmulator } from '../emulators/instagram/start.ts'
import { DEMO_ACCOUNT } from '../transports/simulator/cast.ts'
import { revive } from './revive.ts'

/** What the demo's account and application are known by, over every start. */
export interface InstagramSecrets {
  token: string
  appSecret: string
  verifyToken: string
}

interface Where {
  workspaceId: number
  instagram: InstagramSecrets
}

const WEBHOOK_PATH = '/api/v1/message/insta-webhook/'

/** Starts the demo's Instagram with its account, and connects that. */
export async function openInstagram(container: Container, where: Where, address: string) {
  const { token } = where.instagram
  const { appSecret, verifyToken } = shareApp(container, where.instagram)
  const emulator = await startInstagramEmulator({ appSecret })
  const { expiresAtMs } = emulator.createAccount({ ...DEMO_ACCOUNT, token })
  // Nobody answers a question here yet: the server listens, and serves later.
  await emulator.setCallback({ url: `${address}${WEBHOOK_PATH}`, verifyToken, verify: false })
  const reconnect = () => connect(container, where, { url: emulator.url, expiresAtMs })
  const channelId = await reconnect()
  return { emulator, token, channelId, reconnect: async () => void (await reconnect()) }
}

/** An application that somebody has set up signs in the demo, too; without one, the demo's own does. */
function shareApp({ instagramApp }: Container, { appSecret, verifyToken }: InstagramSecrets) {
  const app = {
    appSecret: instagramApp.appSecret ?? appSecret,
    verifyToken: instagramApp.verifyToken ?? verifyToken,
  }
  Object.assign(instagramApp, app)
  return app
}

async function connect(
  container: Container,
  { workspaceId, instagram }: Where,
  emulator: { url: string; expiresAtMs: number },
): Promise<number> {
  const { ctx } = container
  const credentials = { token: instagram.token, webhookSecret: '' }
  const found = await ctx.channels.findByExternalId('instagram', DEMO_ACCOUNT.id)
  if (found) await revive(container, found, emulator.url)
  const channel =
    (await ctx.channels.findByExternalId('instagram', DEMO_ACCOUNT.id)) ??
    (await ctx.channels.create({
      workspaceId,
      source: 'instagram',
      name: DEMO_ACCOUNT.name,
      externalId: DEMO_ACCOUNT.id,
      username: DEMO_ACCOUNT.username,
      apiRoot: emulator.url,
      credentials,
    }))
  // The emulator remembers nothing of the tokens that it gave out before.
  const tokenExpiresAt = new Date(emulator.expiresAtMs).toISOString()
  await ctx.channels.change([workspaceId], channel.id, { credentials, tokenExpiresAt })
  await requirePlatform(ctx, 'instagram').setWebhook({ ...channel, credentials }, '')
  return channel.id
}

/** An emulator begins empty: it is told when each of its customers wrote last, for who wrote today may be answered. */
export async function recallCustomers({ prisma }: Container, emulator: InstagramEmulator, channelId: number) {
  const heard = await prisma.$queryRaw<{ igsid: string; at: Date }[]>`
    SELECT k.source_id AS igsid, max(m.created_at) AS at
    FROM conversation c JOIN customer k ON k.id = c.customer_id JOIN message m ON m.conversation_id = c.id
    WHERE c.channel_id = ${channelId} AND m.type = 'customer' GROUP BY 1`
  const accountId = DEMO_ACCOUNT.id
  const threads = new Set(emulator.listThreads(accountId).map(({ igsid }) => igsid))
  for (const { igsid, at } of heard)
    if (threads.has(igsid)) emulator.setThread({ accountId, igsid, heardAtMs: at.getTime() })
}

/** What was said with the demo's account was said that much earlier; the clock of the product stays. */
export async function ageInstagram({ ctx, prisma }: Container, ms: number): Promise<void> {
  const channel = await ctx.channels.findByExternalId('instagram', DEMO_ACCOUNT.id)
  if (!channel) return
  const seconds = ms / 1000
  await prisma.$executeRaw`
    UPDATE message SET created_at = message.created_at - make_interval(secs => ${seconds}::float8),
      extras = NULLIF(message.extras - 'saidAt', '{}')
    FROM conversation WHERE conversation.id = message.conversation_id AND conversation.channel_id = ${channel.id}`
}
