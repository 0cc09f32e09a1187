import { type Dispatch, useCallback, useEffect, useReducer } from 'react'
import { nextPhoneState, type PhoneAction, switchedOff } from '../../components/simulator/phone-state.ts'
import { MAX_PHONE_ALBUM, MAX_PHONE_FILE, type SimulatorAct } from '../../server/contract/simulator.ts'
import { getChat, openEvents, parseEvent, postAct, postBlocked, postFile } from './api.ts'

// Telegram shows "typing" for five seconds, or until the message is there.
const TYPING_MS = 5_000
const MIN_RECONNECT_MS = 1_000
const MAX_RECONNECT_MS = 5_000

/** One customer's phone, live: its messages, and what its owner can do. */
export const usePhone = (chatId: number) => {
  const [state, dispatch] = useReducer(nextPhoneState, switchedOff)
  useEffect(() => watch(chatId, dispatch), [chatId])
  useEffect(() => {
    if (!state.isTyping) return
    const timer = setTimeout(() => dispatch({ type: 'typing-ended' }), TYPING_MS)
    return () => clearTimeout(timer)
  }, [state.isTyping])

  const write = useCallback(
    async (text: string, key: string = newKey()) => {
      dispatch({ type: 'writing', key, text })
      await postAct(chatId, { do: 'text', text }).then(
        (messages) => dispatch({ type: 'stored', key, messages }),
        () => dispatch({ type: 'not-stored', key }),
      )
    },
    [chatId],
  )
  const act = useCallback(
    async (what: SimulatorAct) => dispatch({ type: 'done', messages: await postAct(chatId, what) }),
    [chatId],
  )
  const sendFiles = useCallback(
    async (files: readonly File[]) => {
      for (const what of await uploaded(chatId, files)) await act(what)
    },
    [chatId, act],
  )
  const setBlocked = useCallback(
    async (isBlocked: boolean) => {
      await postBlocked(chatId, isBlocked)
      dispatch({ type: 'blocked', isBlocked })
    },
    [chatId],
  )
  const reload = useCallback(() => load(chatId, dispatch), [chatId])
  return { state, write, act, sendFiles, setBlocked, reload }
}

/** Several pictures are an album; everything else goes by itself. */
const uploaded = async (chatId: number, files: readonly File[]): Promise<SimulatorAct[]> => {
  if (files.length > MAX_PHONE_ALBUM || files.some(({ size }) => size > MAX_PHONE_FILE))
    throw new Error('Too many files, or one that is too long')
  const names: string[] = []
  for (const file of files) names.push(await postFile(chatId, file))
  if (files.length > 1 && files.every(({ type }) => type.startsWith('image/')))
    return [{ do: 'album', files: names }]
  return names.map((file, index) => ({ do: 'media', kind: kindOf(files[index]?.type ?? ''), file }))
}

const kindOf = (mime: string) => {
  if (/^image\/(jpeg|png|webp)$/.test(mime)) return 'photo'
  if (mime.startsWith('video/')) return 'video'
  if (mime === 'audio/ogg') return 'voice'
  return mime.startsWith('audio/') ? 'audio' : 'document'
}

const load = async (chatId: number, dispatch: Dispatch<PhoneAction>) => {
  dispatch({ type: 'reloading' })
  await getChat(chatId).then(
    (chat) => dispatch({ type: 'loaded', chat }),
    () => dispatch({ type: 'load-failed' }),
  )
}

// Listens first and reads the chat after every (re)connection, so nothing can fall between the two.
const watch = (chatId: number, dispatch: Dispatch<PhoneAction>) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  let source = open()
  function open(): EventSource {
    const events = openEvents(chatId)
    events.onopen = () => {
      dispatch({ type: 'connection', isConnected: true })
      void load(chatId, dispatch)
    }
    events.onmessage = ({ data }: MessageEvent<string>) => {
      const event = parseEvent(data)
      if (event) dispatch({ type: 'event', event })
    }
    events.onerror = () => {
      dispatch({ type: 'connection', isConnected: false })
      dispatch({ type: 'load-failed' })
      // The browser reconnects by itself after a cut, but gives up for good after an HTTP error.
      if (events.readyState === EventSource.CLOSED) timer = setTimeout(reopen, reconnectDelay())
    }
    return events
  }
  const reopen = () => {
    source = open()
  }
  return () => {
    clearTimeout(timer)
    source.close()
  }
}

const reconnectDelay = () => MIN_RECONNECT_MS + Math.random() * (MAX_RECONNECT_MS - MIN_RECONNECT_MS)

// randomUUID exists only on https and localhost; this key never leaves the page.
const newKey = () => `${Date.now()}-${Math.random()}`
