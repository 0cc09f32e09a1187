import type { NewFault } from '../control-types.ts'
import { invalidInput } from './control-error.ts'
import type { Input } from './input.ts'

export function readFault(input: Input): NewFault {
  const aim = {
    botId: input.optionalInteger('botId'),
    chatId: input.optionalInteger('chatId'),
    method: input.optionalText('method'),
    times: input.optionalInteger('times'),
  }
  const kind = input.text('kind')
  if (kind === 'hang' || kind === 'drop-after') return { ...aim, kind }
  if (kind === 'delay') return { ...aim, kind, ms: input.integer('ms') }
  if (kind !== 'status') throw invalidInput('kind must be status, hang, drop-after or delay')
  const parameters = input.optionalObject('parameters')
  return {
    ...aim,
    kind,
    status: input.integer('status'),
    description: input.text('description'),
    ...(parameters ? { parameters: readParameters(parameters) } : {}),
  }
}

function readParameters(input: Input) {
  const retry_after = input.optionalInteger('retry_after')
  const migrate_to_chat_id = input.optionalInteger('migrate_to_chat_id')
  return {
    ...(retry_after === undefined ? {} : { retry_after }),
    ...(migrate_to_chat_id === undefined ? {} : { migrate_to_chat_id }),
  }
}
