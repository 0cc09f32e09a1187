import type { VisitorProof, WidgetSession } from '../../../server/contract/widget.ts'
import { localeOf } from '../shared/locale.ts'
import type { ToFrame, ToPage } from '../shared/protocol.ts'
import { createMemory, openSession, Refused } from './session.ts'
import { countOf, createView, type View } from './view.ts'

type Call = [method: string, ...rest: unknown[]]
type Listener = (detail: unknown) => void
type Peyk = ((...call: Call) => void) & { q?: ArrayLike<unknown>[] }

/** A token is renewed this long before it ends. */
const RENEW_BEFORE_MS = 60_000

/** One widget of one page: what `peyk(…)` reaches. */
function createWidget(base: string, siteKey: string) {
  const memory = createMemory(siteKey)
  const listeners = new Map<string, Set<Listener>>()
  let identity: VisitorProof | null = null
  let session: WidgetSession | null = null
  let view: View | null = null
  let isReady = false
  let isOpen = false
  let wantsOpen = false
  let isShown = true
  let unread = 0
  /** Which start is the newest: answers to an older one are dropped. */
  let turn = 0
  let renewal: ReturnType<typeof setTimeout> | undefined

  const emit = (name: string, detail?: unknown) => {
    for (const listener of listeners.get(name) ?? []) listener(detail)
  }
  const tell = (message: ToFrame) => view?.frame?.contentWindow?.postMessage(message, base)
  const localeNow = () =>
    localeOf(session?.settings.language ?? 'auto', document.documentElement.lang, navigator.language)

  const setOpen = (open: boolean) => {
    if (!view) {
      wantsOpen = open
      return
    }
    if (open === isOpen) return
    isOpen = open
    if (open) view.load()
    view.setOpen(open)
    if (isReady) tell({ peyk: open ? 'opened' : 'closed' })
    emit(open ? 'open' : 'close')
  }
  /** In the tab's own name, while nobody looks at the page. */
  const markTitle = () => {
    const title = document.title.replace(/^\([^)]{1,4}\) /, '')
    const marked = unread > 0 && document.hidden ? `(${countOf(unread, localeNow())}) ${title}` : title
    if (marked !== document.title) document.title = marked
  }
  const setUnread = (count: number) => {
    unread = count
    view?.setUnread(count)
    markTitle()
    emit('unread', count)
  }
  const ask = async (): Promise<WidgetSession | null> => {
    const mine = turn
    try {
      const answer = await openSession({ base, siteKey, memory, identity })
      if (mine !== turn) return null
      session = answer
      clearTimeout(renewal)
      renewal = setTimeout(renew, Math.max(RENEW_BEFORE_MS, answer.expires_in * 1_000 - RENEW_BEFORE_MS))
      return answer
    } catch (error) {
      if (mine === turn && error instanceof Refused) {
        // Whoever put the snippet there looks here.
        console.warn(`Peyk: ${error.message}.`)
        end()
      }
      return null
    }
  }
  const renew = async () => {
    const answer = await ask()
    if (answer && isReady) tell({ peyk: 'session', session: answer })
  }
  const end = () => {
    turn++
    clearTimeout(renewal)
    view?.remove()
    view = null
    session = null
    isReady = false
    isOpen = false
  }
  const start = async () => {
    end()
    const answer = await ask()
    if (!answer) return
    const frameUrl = `${base}/widget/app?${new URLSearchParams({ site: siteKey, page: location.origin })}`
    view = createView({
      settings: answer.settings,
      locale: localeNow(),
      frameUrl,
      onToggle: () => setOpen(!isOpen),
    })
    view.setShown(isShown)
    setUnread(answer.unread)
    if (wantsOpen) setOpen(true)
    // Who has something to hear of is connected at once; everybody else costs nothing until they open it.
    else if (answer.has_conversation) whenIdle(() => view?.load())
    wantsOpen = false
  }
  const hear = (message: ToPage) => {
    if (message.peyk === 'ready' && session) {
      isReady = true
      tell({ peyk: 'start', session, locale: localeNow(), isOpen })
    }
    if (message.peyk === 'close') setOpen(false)
    if (message.peyk === 'renew') void renew()
    if (message.peyk === 'unread') setUnread(message.count)
    if (message.peyk === 'peek') view?.peek(message.name, message.text)
    if (message.peyk === 'event') emit(message.name, message.detail)
  }
  document.addEventListener('visibilitychange', markTitle)
  addEventListener('message', (event) => {
    if (event.origin === base && event.source !== null && event.source === view?.frame?.contentWindow)
      hear(event.data as ToPage)
  })

  const methods: Record<string, (...rest: unknown[]) => void> = {
    open: () => setOpen(true),
    close: () => setOpen(false),
    show: () => {
      isShown = true
      view?.setShown(true)
    },
    hide: () => {
      isShown = false
      setOpen(false)
      view?.setShown(false)
    },
    on: (name, listener) => {
      const held = listeners.get(String(name)) ?? new Set()
      if (typeof listener === 'function') listeners.set(String(name), held.add(listener as Listener))
    },
    /** `{token}`, or `{user_id, hmac}`, as the page's own server made it. */
    identify: (proof) => {
      identity = proof as VisitorProof
      wantsOpen ||= isOpen
      void start()
    },
    /** At sign-out: the next visitor of this browser sees nothing of this one. */
    reset: () => {
      identity = null
      memory.write(null)
      void start()
    },
  }
  const call = (given: ArrayLike<unknown>) => {
    const [name, ...rest] = Array.from(given)
    methods[String(name)]?.(...rest)
  }
  return { call, start }
}

const whenIdle = (task: () => void) =>
  'requestIdleCallback' in window ? requestIdleCallback(task, { timeout: 4_000 }) : setTimeout(task, 1_000)

function boot(script: HTMLScriptElement) {
  const page = window as unknown as { peyk?: Peyk; peykLoaded?: true }
  const siteKey = script.dataset.site
  if (!siteKey || page.peykLoaded) return
  page.peykLoaded = true
  const { call, start } = createWidget(new URL(script.src).origin, siteKey)
  const queued = page.peyk?.q ?? []
  page.peyk = (...given: Call) => call(given)
  const isIdentifying = Array.from(queued).some((one) => one[0] === 'identify')
  for (const one of Array.from(queued)) call(one)
  if (!isIdentifying) void start()
}

const script = document.currentScript
const isScript = script instanceof HTMLScriptElement
if (isScript && document.body) boot(script)
else if (isScript) addEventListener('DOMContentLoaded', () => boot(script), { once: true })
