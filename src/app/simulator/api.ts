import {
  type SimulatedMessage,
  type SimulatorAct,
  SimulatorCast,
  SimulatorChat,
  SimulatorDone,
  SimulatorEvent,
  SimulatorFaults,
  type SimulatorTrouble,
  SimulatorUpload,
} from '../../server/contract/simulator.ts'

const ROOT = '/simulator/api'

export const getCast = async (): Promise<SimulatorCast> => SimulatorCast.parse(await request('/cast'))

export const getChat = async (chatId: number): Promise<SimulatorChat> =>
  SimulatorChat.parse(await request(`/chats/${chatId}`))

export const postAct = async (chatId: number, act: SimulatorAct): Promise<SimulatedMessage[]> =>
  SimulatorDone.parse(await request(`/chats/${chatId}/acts`, act)).messages

export const postBlocked = async (chatId: number, blocked: boolean): Promise<void> => {
  await request(`/chats/${chatId}/blocked`, { blocked })
}

/** Answers the name of the file for a message to come. */
export const postFile = async (chatId: number, file: File): Promise<string> => {
  const headers = {
    'Content-Type': file.type || 'application/octet-stream',
    'X-File-Name': encodeURIComponent(file.name),
  }
  const response = await fetch(`${ROOT}/chats/${chatId}/files`, { method: 'POST', body: file, headers })
  return SimulatorUpload.parse(await read(response)).file
}

export const getFaults = async (): Promise<SimulatorFaults> => SimulatorFaults.parse(await request('/faults'))

export const postTrouble = async (trouble: SimulatorTrouble): Promise<SimulatorFaults> =>
  SimulatorFaults.parse(await request('/faults', trouble))

export const postNormal = async (): Promise<SimulatorFaults> =>
  SimulatorFaults.parse(await request('/normal', {}))

export const postTravel = async (hours: 25 | 192): Promise<SimulatorFaults> =>
  SimulatorFaults.parse(await request('/travel', { hours }))

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
  return read(await fetch(ROOT + path, init))
}

const read = async (response: Response): Promise<unknown> => {
  if (!response.ok) throw new Error(`The simulator answered ${response.status}`)
  return response.status === 204 ? null : response.json()
}

const JSON_BODY = { 'Content-Type': 'application/json' }
