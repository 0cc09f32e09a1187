import { invalidInput } from '../../control-error.ts'
import type { KnownErrorName, NamedFault, NewFault } from '../fault-types.ts'
import { KNOWN_ERRORS } from '../known-errors.ts'
import type { Input } from './input.ts'

const KINDS = 'status, error, hang, drop-before, drop-after, not-json and delay'

export function readFault(input: Input): NewFault {
  const aim = {
    botId: input.optionalInteger('botId'),
    chatId: input.optionalInteger('chatId'),
    method: input.optionalText('method'),
    times: input.optionalInteger('times'),
  }
  const kind = input.text('kind')
  if (kind === 'hang' || kind === 'drop-before' || kind === 'drop-after') return { ...aim, kind }
  if (kind === 'not-json') return { ...aim, kind, status: input.integer('status') }
  if (kind === 'error') return { ...aim, ...readNamed(input) }
  if (kind === 'delay') return { ...aim, kind, ms: input.integer('ms') }
  if (kind !== 'status') throw invalidInput(`kind must be one of ${KINDS}`)
  const parameters = input.optionalObject('parameters')
  return {
    ...aim,
    kind,
    status: input.integer('status'),
    description: input.text('description'),
    ...(parameters ? { parameters: readParameters(parameters) } : {}),
  }
}

function readNamed(input: Input): NamedFault {
  const error = input.text('error')
  if (!isKnown(error)) throw invalidInput(`error must be one of ${Object.keys(KNOWN_ERRORS).join(', ')}`)
  return { kind: 'error', error, retry_after: input.optionalInteger('retry_after') }
}

const isKnown = (name: string): name is KnownErrorName => Object.hasOwn(KNOWN_ERRORS, name)

function readParameters(input: Input) {
  const retry_after = input.optionalInteger('retry_after')
  const migrate_to_chat_id = input.optionalInteger('migrate_to_chat_id')
  return {
    ...(retry_after === undefined ? {} : { retry_after }),
    ...(migrate_to_chat_id === undefined ? {} : { migrate_to_chat_id }),
  }
}
