import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect } from 'vitest'
import type { SimulatedMessage, SimulatorAct } from '../../contract/simulator.ts'
import { instagramStage } from '../../demo/instagram-stage.ts'
import { telegramStage } from '../../demo/telegram-stage.ts'
import { type InstagramEmulator, startInstagramEmulator } from '../../emulators/instagram/start.ts'
import { startTelegramEmulator, type TelegramEmulator } from '../../emulators/telegram/start.ts'
import { DEMO_ACCOUNT, demoCast, INSTAGRAM_PEOPLE } from './cast.ts'
import { createSimulator } from './simulator.ts'
import type { Stage } from './stage.ts'

export const TOKEN = '7000000001:token-of-the-demo-that-stays-here'
export const IG_TOKEN = `IGAA${'x'.repeat(40)}`
const cast = demoCast(TOKEN)
export const CHAT = 8_000_001
export const OTHER_CHAT = 8_000_002
export const THREAD = 9_000_001
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

export const media = (
  kind: 'photo' | 'voice' | 'audio' | 'video' | 'round_video' | 'sticker' | 'document',
) => ({
  do: 'media' as const,
  kind,
})

/** The simulator over both emulators, for as long as the tests of a file run. */
export function openSimulator() {
  const world = { origin: '', root: '', reconnections: 0, agedMs: 0 } as World
  let server: Server
  beforeAll(async () => {
    await openEmulators(world)
    // Nobody's address: here the page's origin is known by the host alone.
    server = createServer(createSimulator({ stages: stagesOf(world), publicUrl: 'https://desk.example' }))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    world.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    world.root = `${world.origin}/simulator/api`
  })
  afterAll(async () => {
    server.closeAllConnections()
    server.close()
    await Promise.all([world.telegram.close(), world.instagram.close()])
  })
  return Object.assign(world, callsOf(world))
}

interface World {
  telegram: TelegramEmulator
  instagram: InstagramEmulator
  origin: string
  /** Of everything that the page asks. */
  root: string
  reconnections: number
  agedMs: number
}

async function openEmulators(world: World): Promise<void> {
  world.telegram = await startTelegramEmulator()
  world.telegram.createBot(cast.bot)
  for (const id of [CHAT, OTHER_CHAT]) {
    world.telegram.createUser({ id, first_name: 'مریم' })
    world.telegram.openChat({ botId: cast.bot.id, userId: id })
  }
  world.instagram = await startInstagramEmulator()
  world.instagram.createAccount({ ...DEMO_ACCOUNT, token: IG_TOKEN })
}

function stagesOf(world: World): Stage[] {
  const reconnect = async () => {
    world.reconnections += 1
  }
  const age = async (ms: number) => {
    world.agedMs += ms
  }
  const onInstagram = { emulator: world.instagram, token: IG_TOKEN, account: DEMO_ACCOUNT }
  return [
    telegramStage({ emulator: world.telegram, cast, reconnect }),
    instagramStage({ ...onInstagram, people: INSTAGRAM_PEOPLE, reconnect, age }),
  ]
}

/** What the page asks, and what another page would. */
const callsOf = (world: World) => {
  const postAll = (path: string, body: unknown, from = world.origin) =>
    fetch(`${world.root}/${path}`, { method: 'POST', headers: { origin: from }, body: JSON.stringify(body) })
  return {
    postAll,
    post: (path: string, body: object, from = world.origin) => postAll(`chats/${CHAT}/${path}`, body, from),
    actOn: async (chat: number, act: SimulatorAct): Promise<SimulatedMessage> => {
      const response = await postAll(`chats/${chat}/acts`, act)
      expect(response.status, JSON.stringify(act)).toBe(200)
      return (await response.json()).messages[0]
    },
    chatOf: async (chat: number) => (await fetch(`${world.root}/chats/${chat}`)).json(),
    upload: (chat: number, bytes: BodyInit, headers: Record<string, string> = {}) =>
      fetch(`${world.root}/chats/${chat}/files`, {
        method: 'POST',
        headers: { origin: world.origin, 'content-type': 'image/png', ...headers },
        body: bytes,
      }),
    trouble: (platform: string, name: string, until: string) =>
      postAll('faults', { platform, trouble: name, until }),
    /** Reads a stream until the text is in it. */
    readUntil: async (text: string, headers: Record<string, string> = {}, chat = CHAT) => {
      const leaving = new AbortController()
      const response = await fetch(`${world.root}/chats/${chat}/events`, { headers, signal: leaving.signal })
      const decoder = new TextDecoder()
      let seen = ''
      for await (const chunk of response.body ?? []) {
        seen += decoder.decode(chunk, { stream: true })
        if (seen.includes(text)) break
      }
      leaving.abort()
      return seen
    },
  }
}
