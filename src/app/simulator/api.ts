import {
  SimulatedMessage,
  SimulatorCast,
  SimulatorChat,
  SimulatorEvent,
} from '../../server/contract/simulator.ts'

const ROOT = '/simulator/api'

export const getCast = async (): Promise<SimulatorCast> => SimulatorCast.parse(await request('/cast'))

export const getChat = async (chatId: number): Promise<SimulatorChat> =>
  SimulatorChat.parse(await request(`/chats/${chatId}`))

export const postMessage = async (chatId: number, text: string): Promise<SimulatedMessage> =>
  SimulatedMessage.parse(await request(`/chats/${chatId}/messages`, { text }))

export const postBlocked = async (chatId: number, blocked: boolean): Promise<void> => {
  await request(`/chats/${chatId}/blocked`, { blocked })
}

/** The stream of one chat. The browser itself resumes it after the last event that it saw. */
export const openEvents = (chatId: number): EventSource => new EventSource(`${ROOT}/chats/${chatId}/events`)

/** The event in one `data:` line, or null where it is none that this page knows. */
export const parseEvent = (line: string): SimulatorEvent | null => {
  try {
    return SimulatorEvent.safeParse(JSON.parse(line)).data ?? null
  } catch {
    return null
  }
}

const request = async (path: string, body?: unknown): Promise<unknown> => {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body), headers: JSON_BODY }
  const response = await fetch(ROOT + path, init)
  if (!response.ok) throw new Error(`The simulator answered ${response.status}`)
  return response.status === 204 ? null : response.json()
}

const JSON_BODY = { 'Content-Type': 'application/json' }
