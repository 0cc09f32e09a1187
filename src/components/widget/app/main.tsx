/** @jsxImportSource preact */
import { render } from 'preact'
import type { WidgetSession, WidgetSettings } from '../../../server/contract/widget.ts'
import { chime } from '../../ui/chime.ts'
import { inkOn, readable } from '../shared/colour.ts'
import type { ToFrame, ToPage } from '../shared/protocol.ts'
import { App, type Surroundings } from './app.tsx'
import { Chat } from './chat.ts'
import type { Pending, Shelf } from './outbox.ts'
import { hasSound, keepSound } from './sound.ts'
import { Store } from './store.ts'
import { wordsOf } from './words.ts'

const params = new URLSearchParams(location.search)
/** Whom we talk to. The server lets only a website's own pages frame us, so nobody else can be there. */
const page = originOf(params.get('page') ?? '')
const siteKey = params.get('site') ?? ''
const LIGHT_SURFACE = '#ffffff'
const DARK_SURFACE = '#1b2225'

let chat: Chat | null = null
const around = new Store<Surroundings>({ isOpen: false, hasSound: hasSound() })
const tell = (message: ToPage) => page !== null && parent.postMessage(message, page)

function start({ session, locale, isOpen }: Extract<ToFrame, { peyk: 'start' }>) {
  chat?.end()
  const words = wordsOf(locale)
  document.documentElement.lang = locale
  document.documentElement.dir = locale === 'fa' ? 'rtl' : 'ltr'
  document.title = session.settings.name
  paint(session.settings)
  around.set({ isOpen })
  chat = new Chat({
    socketUrl: `${location.origin.replace(/^http/, 'ws')}/ws/widget/`,
    session,
    shelf: shelfOf(session),
    tell,
    onUnseen: () => around.get().hasSound && chime(),
  })
  const onSound = () => {
    const isOn = !around.get().hasSound
    keepSound(isOn)
    around.set({ hasSound: isOn })
    if (isOn) chime()
  }
  const root = document.getElementById('app')
  const onClose = () => tell({ peyk: 'close' })
  if (root)
    render(
      <App
        chat={chat}
        settings={session.settings}
        words={words}
        around={around}
        onSound={onSound}
        onClose={onClose}
      />,
      root,
    )
}

function paint({ accent, theme }: WidgetSettings) {
  const { style, dataset } = document.documentElement
  if (theme === 'auto') delete dataset.theme
  else dataset.theme = theme
  style.setProperty('--accent', accent)
  style.setProperty('--on-accent', inkOn(accent))
  const light = readable(accent, LIGHT_SURFACE, 4.5)
  style.setProperty('--accent-ink', `light-dark(${light}, ${readable(accent, DARK_SURFACE, 4.5)})`)
}

/** In this tab alone, and only of a browser's own visitor: nobody sends what somebody else left unsent. */
function shelfOf({ visitor }: WidgetSession): Shelf {
  const key = `peyk:outbox:${siteKey}:${visitor?.split('.')[0]}`
  return {
    load: () => {
      try {
        return visitor ? (JSON.parse(sessionStorage.getItem(key) ?? '[]') as Pending[]) : []
      } catch {
        return []
      }
    },
    save: (pending) => {
      try {
        if (visitor) sessionStorage.setItem(key, JSON.stringify(pending))
      } catch {
        // Kept in this window alone.
      }
    },
  }
}

/** Null where the address names no page: then there is nobody to talk to. */
function originOf(text: string): string | null {
  return /^https?:/.test(text) && URL.canParse(text) ? new URL(text).origin : null
}

addEventListener('message', ({ source, origin, data }) => {
  if (source !== parent || origin !== page) return
  const message = data as ToFrame
  if (message.peyk === 'start') start(message)
  if (message.peyk === 'session') chat?.renew(message.session)
  if (message.peyk === 'opened') around.set({ isOpen: true })
  if (message.peyk === 'closed') around.set({ isOpen: false })
})
addEventListener('online', () => chat?.wake())
addEventListener('offline', () => chat?.lost())
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && chat?.wake())
tell({ peyk: 'ready' })
