import { randomBytes } from 'node:crypto'
import type { Container } from './container.ts'
import { createUser } from './core/accounts/register.ts'
import { keep, readKept } from './data-dir.ts'
import { ageInstagram, type InstagramSecrets, openInstagram, recallCustomers } from './demo/instagram.ts'
import { instagramStage } from './demo/instagram-stage.ts'
import { PEOPLE } from './demo/people.ts'
import { revive } from './demo/revive.ts'
import { STORIES } from './demo/stories.ts'
import { telegramStage } from './demo/telegram-stage.ts'
import { tellStories } from './demo/telling.ts'
import { openDemoWebsite } from './demo/website.ts'
import { startTelegramEmulator } from './emulators/telegram/start.ts'
import type { Env } from './env.ts'
import { DEMO_ACCOUNT, type DemoCast, demoCast, INSTAGRAM_PEOPLE } from './transports/simulator/cast.ts'
import type { Stage } from './transports/simulator/stage.ts'

export interface DemoSecrets {
  login: string
  password: string
  botToken: string
  workspaceId: number
  /** Missing in what older versions kept. */
  instagram?: InstagramSecrets
}

export interface Demo {
  signIn: { login: string; password: string }
  stages: Stage[]
  /** The key of the demo's website. */
  siteKey: string
  close(): Promise<void>
}

type Emulator = Awaited<ReturnType<typeof startTelegramEmulator>>
const FILE = 'demo.json'

/** Starts the demo's emulators and, the first time, makes its workspace; null where the demo is off. */
export async function startDemo(env: Env, container: Container, address: string): Promise<Demo | null> {
  if (!container.isEmbedded || env.DEMO === false) return null
  const kept = await readKept<DemoSecrets>(container.dataDir, FILE)
  const isEmpty = (await container.prisma.user.count()) === 0
  if (!kept && !isEmpty && env.DEMO !== true) return null
  const secrets = await completed(container, kept ?? (await makeSecrets(container)))
  const emulator = await startTelegramEmulator({})
  const cast = { ...demoCast(secrets.botToken), people: PEOPLE }
  openPhones(emulator, cast)
  const at = { emulator, cast, address }
  const telegram = await connect(container, secrets, at)
  const instagram = await openInstagram(container, secrets, address)
  const { workspaceId } = secrets
  const website = await openDemoWebsite(container, { workspaceId, port: new URL(address).port })
  if (telegram.isNew) {
    const channels = { telegram: telegram.id, instagram: instagram.channelId, website: website.id }
    await tellStories(container, channels, workspaceId)
  }
  const stages = [
    telegramStage({
      emulator,
      cast,
      reconnect: async () => void (await connect(container, secrets, at)),
    }),
    instagramStage({
      emulator: instagram.emulator,
      token: instagram.token,
      account: DEMO_ACCOUNT,
      people: INSTAGRAM_PEOPLE,
      reconnect: instagram.reconnect,
      age: (ms) => ageInstagram(container, ms),
    }),
  ]
  await recallCustomers(container, instagram.emulator, instagram.channelId)
  return {
    siteKey: website.externalId,
    signIn: { login: secrets.login, password: secrets.password },
    stages,
    close: async () => {
      await Promise.all([emulator.close(), instagram.emulator.close()])
    },
  }
}

async function completed(container: Container, secrets: DemoSecrets) {
  const instagram = secrets.instagram ?? newInstagramSecrets()
  const whole = { ...secrets, instagram }
  if (!secrets.instagram) await keep(container.dataDir, FILE, whole)
  return whole
}

const newInstagramSecrets = (): InstagramSecrets => ({
  token: `IGAA${randomBytes(60).toString('base64url')}`,
  appSecret: randomBytes(16).toString('hex'),
  verifyToken: randomBytes(18).toString('base64url'),
})

async function makeSecrets(container: Container): Promise<DemoSecrets> {
  const password = randomBytes(9).toString('base64url')
  const login = 'sara@peyk.demo'
  const sara = await createUser(
    container.ctx,
    {
      username: 'sara',
      email: login,
      password,
      first_name: 'سارا',
      last_name: 'محمدی',
    },
    'if_first',
  )
  const { workspaceId } = await container.prisma.membership.findFirstOrThrow({ where: { userId: sara.id } })
  await container.prisma.workspace.update({ where: { id: workspaceId }, data: { name: 'فروشگاه پیک' } })
  await addColleague(container, workspaceId)
  const botToken = `7000000001:${randomBytes(26).toString('base64url').slice(0, 35)}`
  const secrets = { login, password, botToken, workspaceId }
  await keep(container.dataDir, FILE, secrets)
  return secrets
}

async function addColleague(container: Container, workspaceId: number) {
  const ali = await createUser(
    container.ctx,
    {
      username: 'ali',
      email: 'ali@peyk.demo',
      password: randomBytes(18).toString('base64url'),
      first_name: 'Ali',
      last_name: 'Karimi',
    },
    'no',
  )
  await container.prisma.membership.create({ data: { workspaceId, userId: ali.id, role: 'agent' } })
}

/** The emulator starts empty every time: its people and chats are made anew, under the same ids. */
function openPhones(emulator: Emulator, cast: DemoCast) {
  emulator.createBot({ ...cast.bot })
  for (const person of cast.people) {
    emulator.createUser({
      id: person.chatId,
      first_name: person.firstName,
      last_name: person.lastName ?? undefined,
      username: person.username ?? undefined,
      language_code: person.lang,
    })
    emulator.openChat({ botId: cast.bot.id, userId: person.chatId })
  }
  for (const { chatId, hasBlocked } of STORIES)
    if (hasBlocked) emulator.setBlocked({ botId: cast.bot.id, chatId, blocked: true })
}

/** At every start, and once more after its token was void: the emulator and the webhook's secret are new then. */
async function connect(
  container: Container,
  secrets: DemoSecrets,
  at: { emulator: Emulator; cast: DemoCast; address: string },
): Promise<{ id: number; isNew: boolean }> {
  const { bot } = at.cast
  const { ctx } = container
  const apiRoot = at.emulator.url
  const found = await ctx.channels.findByUsername('telegram', bot.username)
  if (found) await revive(container, found, apiRoot)
  const credentials = { token: secrets.botToken, webhookSecret: ctx.ids.secret() }
  const channel =
    (await ctx.channels.findByUsername('telegram', bot.username)) ??
    (await ctx.channels.create({
      workspaceId: secrets.workspaceId,
      source: 'telegram',
      name: bot.name,
      externalId: String(bot.id),
      username: bot.username,
      apiRoot,
      credentials,
    }))
  await ctx.platforms.telegram.setWebhook(channel, `${at.address}/api/v1/message/webhook/${bot.username}/`)
  return { id: channel.id, isNew: !found }
}
