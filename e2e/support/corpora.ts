import type { Page } from '@playwright/test'
import { z } from 'zod'
import { Console } from './console.ts'
import { call } from './rest.ts'
import type { Shop } from './shop.ts'

/** Texts that become an element, a script or a link where somebody takes them for HTML. Whatever runs says `pwned`. */
export const MARKUP = [
  '<script>alert("pwned")</script>',
  '<img src=x onerror=alert("pwned") class=pwned>',
  '"><svg/onload=alert("pwned") class=pwned>',
  '\'"><iframe srcdoc="<script>parent.alert(1)</script>" class=pwned></iframe>',
  '</title></textarea></style></script><b class=pwned onmouseover=alert(1)>x',
  '<a class=pwned href="javascript:alert(\'pwned\')">press</a>',
  'javascript:alert("pwned") http://javascript:alert(1)',
  'data:text/html,<script>alert("pwned")</script>',
  '[press](javascript:alert("pwned")) ![x](x"onerror="alert(1))',
  '<details open ontoggle=alert("pwned") class=pwned><math><mtext></mtext></math>',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it stays a text here, as it must everywhere.
  '${alert("pwned")} {{constructor.constructor(\'alert("pwned")\')()}} #{7*7}',
  '<style class=pwned>*{display:none!important}</style><link rel=stylesheet class=pwned href=//evil.example>',
  '<base href=//evil.example/ class=pwned><form action=//evil.example class=pwned><input autofocus onfocus=alert(1)>',
  '&lt;img src=x onerror=alert("pwned")&gt; &#60;svg onload=alert(1)&#62; \\u003cimg src=x onerror=alert(1)\\u003e',
  '<!--<img src="--><img class=pwned src=x onerror=alert("pwned")//">',
  'https://good.example/"onmouseover="alert(\'pwned\')" <https://good.example/%22%3E%3Cimg%20src=x%3E>',
] as const

/** Texts that turn, hide, pile up or stretch what is written around them. */
export const SPOOFS = [
  'invoice_\u202Efdp.exe',
  '\u2066\u202Eadmin\u202C\u2069 \u2067nimda\u2069 \u202Dforced\u202C \u202Bembedded\u202C \u2068first',
  'pay\u200Bpal\uFEFF.com \u2060supp\u00ADort',
  `z${'\u0301\u0316\u0338\u0489'.repeat(40)}a${'\u0311\u0347'.repeat(60)}lgo`,
  'Раураl Ѕuрроrt ΑΒΕ аdmin',
  'سلام Hello دنیا world 123 ۴۵۶ (abc) [د]',
  '\u061C\u200F\u200EA\u200Fب',
  '﷽﷽﷽﷽﷽﷽﷽﷽ 𒐫𒐫𒐫𒐫𒐫𒐫 ꧅꧅꧅꧅',
  'a\u0007b\u001B[31mred\u001B[0m\u009B\u0085line\u2028sep\u2029par',
] as const

/** One word without a place to break it. */
export const LONG_WORD = 'W'.repeat(10_000)

const Tags = z.array(z.object({ id: z.number() }))
const MAX_NAME = 64
const cut = (text: string) => [...text].slice(0, MAX_NAME).join('')
const named = (text: string) => ({ first_name: cut(text), last_name: cut(text), username: cut(text) })

/** What somebody hostile may fill in, and by which way. A new field of the product is a new line here. */
export const FIELDS: Record<string, (shop: Shop, text: string, index: number) => Promise<void>> = {
  /** A customer of their own for each text: its name is in the list, in the titles and beside every message. */
  'a customer’s names at Telegram, and the first message': async (shop, text, index) => {
    await shop.bot.write(shop.host, CHAT + index, text, named(text))
  },
  'a message in the one thread that is opened': (shop, text) =>
    shop.bot.write(shop.host, CHAT, text, named(text)),
  'an answer in it': async (shop, text, index) => {
    const { id } = await shop.console.conversationWith(CHAT)
    await shop.console.send(id, text, `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`)
  },
  'its customer’s tags': async (shop, text) => {
    const { customerId } = await shop.console.conversationWith(CHAT)
    const made = await rest(shop, 'POST', '/message/tags', { names: [text.slice(0, 100)] })
    const tag_ids = Tags.parse(made).map(({ id }) => id)
    await rest(shop, 'POST', `/message/customer/${customerId}/tags/`, { tag_ids })
  },
  'the name of an API key': async (shop, text) => {
    await shop.console.tell('keys.create', { name: text.slice(0, 100), scopes: ['read'] })
  },
}

/** Fields that hold one text: all the corpus at once. */
export const ONCE: Record<string, (shop: Shop, texts: string) => Promise<void>> = {
  'the note on the customer': async (shop, texts) => {
    const { customerId } = await shop.console.conversationWith(CHAT)
    await rest(shop, 'PATCH', `/message/customer-item/${customerId}/`, { description: texts.slice(0, 2_000) })
  },
  'the person’s own name': async (shop, texts) => {
    await rest(shop, 'PATCH', '/usr/profile', {
      first_name: texts.slice(0, 100),
      last_name: texts.slice(0, 100),
    })
  },
}

/** The chat whose conversation is opened. */
export const CHAT = 900

/** Pages on which the fields are read; and what an address itself can say. */
export const PAGES = [
  '/settings/profile',
  '/settings/people',
  '/settings/channels',
  '/settings/keys',
] as const
export const addressesOf = (text: string): string[] => {
  const part = encodeURIComponent(text)
  return [
    `/inbox?search=${part}&q=${part}&view=${part}`,
    `/inbox/${part}`,
    `/nowhere/${part}?${part}#${part}`,
    `/invitations/${part}`,
    `/login?next=${part}&error=${part}&callbackUrl=${part}`,
    `/register?next=${part}`,
  ]
}

async function rest(shop: Shop, method: string, path: string, body: object) {
  const answer = await call(shop.host, `/api/v1${path}`, { method, token: shop.owner.access, body })
  if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`)
  return answer.json
}

export async function fill(shop: Shop, corpus: readonly string[]) {
  for (const write of Object.values(FIELDS))
    for (const [index, text] of corpus.entries()) await write(shop, text, index)
  for (const write of Object.values(ONCE)) await write(shop, corpus.join(' '))
}

/** A page of the shop's owner. */
export async function signInPage(page: Page, shop: Shop) {
  const { cookie } = await Console.open(shop.host, shop.owner)
  const cookies = cookie.split('; ').map((pair) => {
    const at = pair.indexOf('=')
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url: `http://${shop.host}` }
  })
  await page
    .context()
    .addCookies([...cookies, { name: 'peyk.locale', value: 'en', url: `http://${shop.host}` }])
}

const Findings = z.object({ elements: z.array(z.string()), links: z.array(z.string()) })

/** What came of a text that should have stayed one: elements that it made, links that lead anywhere but to a page or to mail. */
export const findingsOn = async (page: Pick<Page, 'evaluate'>) =>
  Findings.parse(
    await page.evaluate(() => ({
      elements: [
        ...document.querySelectorAll(
          '.pwned, iframe, object, embed, base, [onerror], [onload], [onmouseover], [ontoggle], [onfocus], [onclick], form[action^="//"], script:not([src]):not([nonce]), [src*="evil.example"], link[href*="evil.example"]',
        ),
      ].map(({ outerHTML }) => outerHTML.slice(0, 200)),
      links: [...document.querySelectorAll<HTMLAnchorElement>('a[href]')]
        .filter(({ href }) => !/^tel:\+?\d+$/.test(href))
        .filter(
          (link) =>
            !/^(https?|mailto):$/.test(link.protocol) ||
            (link.origin !== location.origin &&
              !(link.rel.includes('noopener') && link.rel.includes('noreferrer'))),
        )
        .map(({ outerHTML }) => outerHTML.slice(0, 200)),
    })),
  )
