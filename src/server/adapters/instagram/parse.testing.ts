import { openBody } from './open.ts'
import { parseItem } from './parse.ts'

export const ACCOUNT = '17841405309211844'
export const at = 1_760_000_000_000
export const said = (fields: object) => ({
  sender: { id: '42' },
  recipient: { id: ACCOUNT },
  timestamp: at,
  ...fields,
})
export const bodyOf = (...messaging: object[]) =>
  JSON.stringify({ object: 'instagram', entry: [{ id: ACCOUNT, time: at, messaging }] })
export const parse = (fields: object) => parseItem(itemsOf(bodyOf(said(fields)))[0]?.raw ?? '')
export const itemsOf = (body: string) => openBody(body) ?? []
export const parseMessage = (message: object) => parse({ message: { mid: 'm1', ...message } })
export const contentOf = (message: object) => {
  const parsed = parseMessage(message)
  return parsed.kind === 'message' ? parsed.message : null
}
export const attached = (type: string, payload?: object) =>
  contentOf({ attachments: [{ type, ...(payload && { payload }) }] })
