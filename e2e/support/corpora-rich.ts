import { expect } from '@playwright/test'
import { z } from 'zod'
import { WidgetSession } from '../../src/server/contract/widget.ts'
import { Account, deliver } from './instagram.ts'
import { RawSocket } from './raw-socket.ts'
import { call } from './rest.ts'
import type { Shop } from './shop.ts'
import type { Site } from './website.ts'

/** Chats of which each holds, once for every text, what it is named after. */
export const PLACES = 950
export const CONTACTS = 951
export const ANSWERED = 952
export const SHARES = '5686597000000952'

const MAX = 1_000
const cut = (text: string, max = MAX) => [...text].slice(0, max).join('')

/** What a platform tells besides words: a place, somebody's contact, a quoted text beside a file's name, a shared post. */
export async function fillCards(shop: Shop, corpus: readonly string[]): Promise<void> {
  const account = await Account.connect(shop.host, shop.owner, '17841400000000777')
  for (const [index, text] of corpus.entries()) {
    const venue = { location: { latitude: 35.7, longitude: 51.4 }, title: cut(text), address: cut(text) }
    await send(shop, PLACES, { venue, location: venue.location })
    await send(shop, CONTACTS, {
      contact: { phone_number: '+982100000000', first_name: cut(text), last_name: 'x' },
    })
    const file = { file_id: `f${index}`, file_unique_id: `f${index}`, file_size: 9, mime_type: 'text/html' }
    await send(shop, ANSWERED, {
      document: { ...file, file_name: cut(text, 255) },
      caption: cut(text),
      reply_to_message: { message_id: 5_000_000, date: 1, text },
    })
    const payload = { title: cut(text), url: 'javascript:alert("pwned")' }
    const shared = account.said(SHARES, `share.${index}`, '')
    const message = { mid: `share.${index}`, attachments: [{ type: 'ig_post', payload }] }
    const told = await deliver(shop.host, account.bodyOf({ ...shared, message }))
    expect(told.status).toBe(200)
  }
}

async function send(shop: Shop, chatId: number, fields: object): Promise<void> {
  const update = shop.bot.updateOf(chatId, '')
  const { text: _, ...message } = update.message
  const answer = await shop.bot.post(shop.host, { ...update, message: { ...message, ...fields } })
  if (answer.status !== 200) throw new Error(`The webhook answered ${answer.status}: ${answer.text}`)
}

const Taken = z.object({ id: z.string() })

/** Signed-in visitors of a website: each of one text's name, and one who writes all of them, some with a file of that name. */
export async function fillWebsite(shop: Shop, site: Site, corpus: readonly string[]): Promise<string> {
  const enter = async (sub: string, name: string) => {
    const body = {
      site_key: site.website.siteKey,
      identity: { token: await site.prove(sub, cut(name, 100)) },
    }
    const headers = { origin: site.origin }
    const answer = await call(shop.host, '/api/v1/widget/session/', { body, headers })
    return WidgetSession.parse(answer.json)
  }
  for (const [index, name] of corpus.entries()) await say(shop, await enter(`n${index}`, name), [name])
  await say(shop, await enter('all', corpus[0] ?? ''), corpus)
  const { conversations } = await shop.console.conversations()
  const { id = '' } = conversations.find(({ customer }) => customer.sourceId === 'user:all') ?? {}
  for (const [index, text] of corpus.entries())
    await shop.console.send(id, `${text} `, `00000000-0000-4000-9000-${String(index).padStart(12, '0')}`)
  return id
}

async function say(shop: Shop, { token }: WidgetSession, texts: readonly string[]): Promise<void> {
  const socket = await RawSocket.open(shop.host, `/ws/widget/?token=${token}`, `http://${shop.host}`)
  for (const [index, text] of texts.entries()) {
    // A visitor uploads only so many a minute.
    const attachments = index % 4 === 1 ? [await upload(shop, token, text)] : []
    socket.send({ type: 'message', client_id: `c${index}`, content: text, attachments })
  }
  await socket.until(() => socket.frames.filter(({ type }) => type === 'ack').length === texts.length)
  socket.ws.close()
}

async function upload(shop: Shop, token: string, name: string): Promise<string> {
  const headers = { authorization: `Bearer ${token}`, origin: `http://${shop.host}` }
  const path = `/widget/files?name=${encodeURIComponent(cut(name, 200))}`
  const answer = await call(shop.host, path, { body: 'one teapot', headers })
  expect(answer.status, answer.text).toBe(201)
  return Taken.parse(answer.json).id
}
