import type { WidgetSettings } from '../../../server/contract/widget.ts'
import { launcher as en } from '../../translations/launcher.en.json'
import { launcher as fa } from '../../translations/launcher.fa.json'
import { inkOn } from '../shared/colour.ts'
import type { Locale } from '../shared/protocol.ts'
import { STYLES } from './styles.ts'

const MAX_SHOWN = 99
const BUBBLE =
  'M12 3c5 0 9 3.4 9 7.8s-4 7.8-9 7.8c-.9 0-1.8-.1-2.6-.3L5 21v-4.2c-1.3-1.6-2-3.6-2-6C3 6.4 7 3 12 3Z'
const CROSS = 'm6 6 12 12M18 6 6 18'

interface Deps {
  settings: WidgetSettings
  locale: Locale
  frameUrl: string
  onToggle(): void
}

/** The launcher, its badge and peek, and the frame: below a shadow, where neither page's nor our rules cross. */
export function createView({ settings, locale, frameUrl, onToggle }: Deps) {
  const words = locale === 'fa' ? fa : en
  const host = document.createElement('div')
  const shadow = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(STYLES)
  shadow.adoptedStyleSheets = [sheet]
  const root = make('div', `${settings.position} ${settings.theme}`)
  root.dir = locale === 'fa' ? 'rtl' : 'ltr'
  root.lang = locale
  const { accent } = settings
  for (const [name, value] of [
    ['--accent', accent],
    ['--ink', inkOn(accent)],
    ['--focus', accent],
  ] as const)
    root.style.setProperty(name, value)

  const button = make('button', 'launcher')
  const icon = svg()
  const badge = make('span', 'badge')
  badge.hidden = true
  button.type = 'button'
  button.append(icon.element, badge)
  button.addEventListener('click', onToggle)
  const note = make('div', 'note')
  const peek = make('button', 'peek')
  const dismiss = make('button', 'dismiss')
  note.hidden = true
  dismiss.textContent = '×'
  dismiss.setAttribute('aria-label', words.dismiss)
  note.append(peek, dismiss)
  note.setAttribute('role', 'status')
  peek.addEventListener('click', onToggle)
  dismiss.addEventListener('click', () => {
    note.hidden = true
  })
  root.append(note, button)
  shadow.append(root)
  document.body.append(host)

  let frame: HTMLIFrameElement | null = null
  let isOpen = false
  let unread = 0
  const label = () => {
    const open = unread > 0 ? words.unread.replace('{count}', number(unread, locale)) : words.open
    button.setAttribute('aria-label', isOpen ? words.close : open)
    button.setAttribute('aria-expanded', String(isOpen))
    badge.hidden = unread === 0 || isOpen
    badge.textContent = countOf(unread, locale)
    icon.draw(isOpen ? CROSS : BUBBLE, isOpen)
  }
  label()
  return {
    get frame() {
      return frame
    },
    /** Made at the first opening, or while nothing else is to be done. */
    load: () => {
      if (frame) return
      frame = document.createElement('iframe')
      frame.className = 'frame'
      frame.title = words.title.replace('{name}', settings.name)
      frame.allow = 'autoplay'
      frame.hidden = !isOpen
      frame.src = frameUrl
      root.insertBefore(frame, button)
    },
    setOpen: (open: boolean) => {
      const hadFocus = frame !== null && shadow.activeElement === frame
      isOpen = open
      root.classList.toggle('open', open)
      if (frame) frame.hidden = !open
      if (open) note.hidden = true
      label()
      if (open) frame?.focus()
      // Who was in the chat stands at its door now; a page that closes it by itself takes nobody's focus.
      else if (hadFocus) button.focus({ preventScroll: true })
    },
    setUnread: (count: number) => {
      unread = count
      label()
      if (count === 0) note.hidden = true
    },
    peek: (name: string | null, text: string) => {
      const line = make('span', '')
      line.dir = 'auto'
      line.textContent = text
      const who = make('b', '')
      who.textContent = name
      peek.replaceChildren(...(name ? [who] : []), line)
      note.hidden = isOpen
    },
    setShown: (isShown: boolean) => {
      host.hidden = !isShown
    },
    remove: () => host.remove(),
  }
}

export type View = ReturnType<typeof createView>

/** Of many, only that they are many. */
export const countOf = (count: number, locale: Locale): string =>
  count > MAX_SHOWN ? `${number(MAX_SHOWN, locale)}+` : number(count, locale)

const number = (value: number, locale: Locale) =>
  new Intl.NumberFormat(locale === 'fa' ? 'fa-IR' : 'en').format(value)

function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  if (className) element.className = className
  return element
}

function svg() {
  const space = 'http://www.w3.org/2000/svg'
  const element = document.createElementNS(space, 'svg')
  const path = document.createElementNS(space, 'path')
  element.setAttribute('viewBox', '0 0 24 24')
  element.setAttribute('aria-hidden', 'true')
  path.setAttribute('stroke', 'currentColor')
  path.setAttribute('stroke-width', '2')
  path.setAttribute('stroke-linecap', 'round')
  element.append(path)
  const draw = (shape: string, isLine: boolean) => {
    path.setAttribute('d', shape)
    path.setAttribute('fill', isLine ? 'none' : 'currentColor')
  }
  return { element, draw }
}
