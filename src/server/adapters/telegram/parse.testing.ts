import { parseUpdate } from './parse.ts'
import { messageWith } from './updates.testing.ts'

export const parse = (update: object) => parseUpdate(JSON.stringify({ update_id: 9, ...update }))
export const messageOf = (fields: Parameters<typeof messageWith>[0]) => {
  const parsed = parse(messageWith(fields))
  if (parsed.kind !== 'message') throw new Error(`It is ${parsed.kind}`)
  return parsed.message
}
