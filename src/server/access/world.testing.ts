import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { encode } from 'next-auth/jwt'
import { openMigratedDatabase } from '../adapters/prisma/migrated-database.testing.ts'
import { openContainer } from '../container.ts'
import type { KeyScope } from '../contract/account.ts'
import { endSession, openTokens } from '../core/accounts/tokens.ts'
import { answerAsBot, enter, join, openKey, type Person, say } from '../core/cast.testing.ts'
import { connectTelegram } from '../core/channels/connect.ts'
import { connectInstagram } from '../core/channels/connect-instagram.ts'
import { openConversation } from '../core/context.testing.ts'
import type { Ctx } from '../core/context.ts'
import { startInstagramEmulator } from '../emulators/instagram/start.ts'
import { startTelegramEmulator } from '../emulators/telegram/start.ts'
import { readEnv } from '../env.ts'
import { createTransports } from '../transports.ts'

/** Stands in everything that Ada's workspace holds: whoever is told it was told too much. */
export const MARK = 'zqmark'
const AUTH_SECRET = 'the-secret-of-the-cookies'

/** Somebody with every way in that they have: a token for REST and raw sockets, a cookie for the console. */
export interface Caller {
  person: Person
  token: string
  cookie: string
}

/**
 * A whole instance on a database and a port of its own. Ada owns a workspace with everything in it, Adam is its admin and
 * Amir an agent there; Omid owns another; Ruth runs the instance and is in neither.
 */
export async function openWorld(name: string) {
  const database = await openMigratedDatabase(name)
  const emulator = await startTelegramEmulator()
  const dataDir = await mkdtemp(path.join(tmpdir(), 'peyk-world-'))
  const instagram = await startInstagramEmulator()
  const container = await openContainer(
    readEnv({
      ...SETTINGS,
      NODE_ENV: 'test',
      DATABASE_URL: database.connectionString,
      DATA_DIR: dataDir,
      TELEGRAM_API_ROOT: emulator.url,
      INSTAGRAM_GRAPH_ROOT: instagram.url,
      INSTAGRAM_APP_SECRET: instagram.appSecret(),
      INSTAGRAM_VERIFY_TOKEN: 'the word of the test',
    }),
    'http://localhost',
    () => {},
  )
  const { ctx } = container
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const origin = `http://127.0.0.1:${port}`
  const transports = createTransports({
    container,
    demo: null,
    publicUrl: origin,
    allowedOrigins: null,
    isDev: false,
    trustedProxies: [],
    nextHandler: async (_, res) => void res.writeHead(404).end(),
  })
  server.on('request', transports.request)
  server.on('upgrade', transports.upgrade)
  await container.start()
  const people = await openPeople(ctx)
  let lastBot = 7_000_000_100
  const newBot = (name = 'Shop') =>
    emulator.createBot({ id: ++lastBot, name, username: `shop_${lastBot}_bot` })
  let lastAccount = 0
  const newInstagramToken = (name = 'Shop') =>
    instagram.createAccount({ username: `shop_${++lastAccount}`, name }).token
  const ada = people.ada.person.as
  const { channel } = await connectTelegram(ada, {
    source: 'telegram',
    bot_token: newBot(`${MARK} bot`).token,
  })
  return {
    ...people,
    ctx,
    origin,
    port,
    prisma: database.prisma,
    newBot,
    newInstagramToken,
    openInstagram: async () =>
      (
        await connectInstagram(ada, {
          source: 'instagram',
          access_token: newInstagramToken(`${MARK} shop`),
        })
      ).channel.id,
    openChannel: async () =>
      (await connectTelegram(ada, { source: 'telegram', bot_token: newBot(`${MARK} bot`).token })).channel.id,
    /** Somebody new who belongs nowhere yet but to a workspace of their own. */
    async newcomer() {
      const name = `guest${ctx.ids.short()}`
      return { ...(await callerOf(await enter(ctx, name))), email: `${name}@example.com`.toLowerCase() }
    },
    newAgent: async () => callerOf(await join(ada, `agent${ctx.ids.short()}`)),
    /** A key of Ada's workspace with these scopes. */
    newKey: async (scopes: KeyScope[]) => (await openKey(ada, scopes)).token,
    /** A conversation of Ada's workspace with two messages of its customer and an answer of the bot. */
    async openThread() {
      const conversation = await openConversation(ada, { channelId: channel.id, from: ctx.ids.short() })
      const { id, customerId } = conversation
      const fields = {
        first_name: `${MARK} Kim`,
        description: `${MARK} likes tea`,
        email: `${MARK}@example.com`,
      }
      await ada.journal.amend({
        kind: 'customer',
        workspaceIds: [ada.actor.workspaceId],
        customerId,
        fields,
        tagIds: null,
      })
      const listed = await ada.conversations.find([ada.actor.workspaceId], id)
      if (!listed) throw new Error('The conversation is not there')
      const said = await say(ada, listed, `${MARK} hello`)
      const answer = await answerAsBot(ada, id, `${MARK} good day`)
      return { conversationId: id, customerId, messageId: said.id, answerId: answer.id }
    },
    /** A conversation of the stranger's own. */
    openForeignThread: async () => {
      const omid = people.omid.person.as
      const { id, customerId } = await openConversation(omid)
      return { conversationId: id, customerId, answerId: (await answerAsBot(omid, id, 'Hello')).id }
    },
    async close() {
      transports.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await container.close()
      await rm(dataDir, { recursive: true, force: true })
      await emulator.close()
      await instagram.close()
      await database[Symbol.asyncDispose]()
    },
  }
}

export type World = Awaited<ReturnType<typeof openWorld>>

const UNBOUNDED = '1000000'
const SETTINGS = {
  AUTH_SECRET,
  JWT_SECRET: 'the secret of the tokens',
  ENCRYPTION_KEY: 'ab'.repeat(32),
  LOG_LEVEL: 'silent',
  EXTERNAL_SEND_WAIT_MS: '0',
  MAX_FAILED_AUTH_ATTEMPTS: UNBOUNDED,
  MAX_CONNECTIONS_PER_USER: UNBOUNDED,
  MAX_CONSOLE_CONNECTIONS: UNBOUNDED,
  ENABLE_RATE_LIMITING: 'false',
}

async function openPeople(ctx: Ctx) {
  // The first of an instance runs it.
  const ruth = await enter(ctx, 'ruth')
  const ada = await enter(ctx, `${MARK}ada`)
  const [adam, amir] = [await join(ada.as, 'adam', 'admin'), await join(ada.as, 'amir', 'agent')]
  const omid = await enter(ctx, 'omid')
  return {
    ruth: await callerOf(ruth),
    ada: await callerOf(ada),
    adam: await callerOf(adam),
    amir: await callerOf(amir),
    omid: await callerOf(omid),
    /** Ada by a token and a cookie that were revoked. */
    revoked: await revokedOf(ctx, ada),
  }
}

async function callerOf(person: Person): Promise<Caller> {
  return { person, token: person.token, cookie: await cookieOf(person.as.actor.sessionId) }
}

async function revokedOf(ctx: Ctx, person: Person): Promise<Caller> {
  const { userId } = person.as.actor
  const origin = { userAgent: '', address: '' }
  const tokens = await openTokens(ctx, userId, origin)
  const pair = await ctx.tokens.verify(tokens.access_token, 'access')
  const stored = typeof pair === 'string' ? null : await ctx.accounts.findTokens(pair.jti)
  const session = {
    id: ctx.ids.uuid(),
    userId,
    kind: 'console' as const,
    expiresAt: ctx.clock.now() + 86_400_000,
  }
  await ctx.accounts.openSession({ ...session, ...origin })
  if (stored) await endSession(ctx, stored.sessionId)
  await endSession(ctx, session.id)
  return { person, token: tokens.access_token, cookie: await cookieOf(session.id) }
}

const cookieOf = async (sid: string): Promise<string> =>
  `next-auth.session-token=${await encode({ token: { sid }, secret: AUTH_SECRET })}`
