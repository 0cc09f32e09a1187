import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

const WORDS = {
  fa: {
    dir: 'rtl',
    name: 'چای‌خانهٔ پیک',
    other: { lang: 'en', name: 'English' },
    title: 'چای تازه، همان‌طور که در لاهیجان می‌نوشند',
    lead: 'هر سفارش را همان روز بسته می‌کنیم. پرسشی دارید؟ از گوشهٔ صفحه برایمان بنویسید.',
    goods: [
      ['🍃', 'چای لاهیجان، ۵۰۰ گرم', 'بهارهٔ امسال، خشک‌شده در سایه', '۲۸۰٬۰۰۰ تومان'],
      ['🫖', 'قوری سفالی لالجین', 'دست‌ساز، برای چهار استکان', '۴۵۰٬۰۰۰ تومان'],
      ['🍯', 'نبات زعفرانی', 'با زعفران قائنات، ده شاخه', '۱۲۰٬۰۰۰ تومان'],
      ['🍵', 'استکان کمرباریک', 'شیشهٔ دمیده، دست شش‌تایی', '۹۵٬۰۰۰ تومان'],
    ],
  },
  en: {
    dir: 'ltr',
    name: 'Peyk Tea House',
    other: { lang: 'fa', name: 'فارسی' },
    title: 'Fresh tea, the way they drink it in Lahijan',
    lead: 'Every order is packed the same day. A question? Write to us from the corner of this page.',
    goods: [
      ['🍃', 'Lahijan tea, 500 g', 'This spring’s harvest, dried in the shade', '€14.00'],
      ['🫖', 'Lalejin clay teapot', 'Handmade, holds four glasses', '€22.50'],
      ['🍯', 'Saffron rock candy', 'Ten sticks with saffron from Qaenat', '€6.00'],
      ['🍵', 'Slim-waisted tea glasses', 'Blown glass, a set of six', '€4.75'],
    ],
  },
}

const STYLE = `
body{margin:0;font:16px/1.9 Vazirmatn,Tahoma,system-ui,sans-serif;background:#faf7f1;color:#2c2620}
header{display:flex;justify-content:space-between;align-items:baseline;gap:16px;padding:20px max(20px,calc(50vw - 480px));border-block-end:1px solid #e6dccb}
header b{font-size:22px}header a{color:#6b5f50}main{max-inline-size:960px;margin:auto;padding:32px 20px 120px}
h1{font-size:30px;line-height:1.5;margin:0 0 4px}.lead{color:#6b5f50;max-inline-size:56ch;margin:0 0 28px}
ul{list-style:none;padding:0;margin:0;display:grid;gap:18px;grid-template-columns:repeat(auto-fill,minmax(210px,1fr))}
li{background:#fff;border:1px solid #ece3d4;border-radius:14px;overflow:hidden}
li div{font-size:56px;text-align:center;padding:26px 0;background:#f3ecdf;line-height:1.2}li p{margin:0;padding:0 16px}h2{font-size:16px;margin:12px 16px 0}
.what{color:#6b5f50;font-size:14px}.price{font-weight:600;padding-block:6px 14px!important}`

/** What a site with a strict policy must allow, and nothing else; docs/operations.md tells the same. */
const hostPolicy = (nonce: string): string =>
  `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

/** A small shop that shows the widget of the demo's website, on a page as strict as any. */
export function sendDemoShop(res: ServerResponse, { siteKey, url }: { siteKey: string; url: URL }) {
  const lang = url.searchParams.get('lang') === 'en' ? 'en' : 'fa'
  const words = WORDS[lang]
  const nonce = randomBytes(16).toString('base64')
  res.setHeader('content-security-policy', hostPolicy(nonce))
  res.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
  res.end(`<!doctype html>
<html lang="${lang}" dir="${words.dir}">
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.name}</title>
<style nonce="${nonce}">${STYLE}</style>
<header><b>${words.name}</b>${toLanguage(words.other)}</header>
<main><h1>${words.title}</h1><p class="lead">${words.lead}</p><ul>${words.goods.map(toItem).join('')}</ul></main>
<script async src="/widget.js" data-site="${siteKey}"></script>
</html>
`)
}

const toLanguage = ({ lang, name }: { lang: string; name: string }) =>
  `<a href="?lang=${lang}" lang="${lang}" hreflang="${lang}">${name}</a>`

const toItem = ([sign, name, what, price]: string[]) =>
  `<li><div aria-hidden="true">${sign}</div><h2>${name}</h2><p class="what">${what}</p><p class="price">${price}</p></li>`

export const isDemoShop = (req: IncomingMessage, { pathname }: URL): boolean =>
  /^\/demo-shop\/?$/.test(pathname) && (req.method === 'GET' || req.method === 'HEAD')
