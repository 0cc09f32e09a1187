import { randomBytes } from 'node:crypto'
import { invalidInput } from '../../control-error.ts'
import type { NewBot, NewUser, UserAccount } from '../control-types.ts'
import type { BotSeed } from './bot.ts'

const TOKEN = /^([1-9]\d{0,15}):[A-Za-z0-9_-]+$/
const USERNAME = /^[A-Za-z][A-Za-z0-9_]{1,63}$/

/** Completes what the caller left open; the digits of a token are always its bot's id. */
export function botSeed(input: NewBot, freeId: () => number): BotSeed {
  const { name, username, firstUpdateId, firstMessageId } = input
  if (name.trim() === '') throw invalidInput('name must not be empty')
  if (!USERNAME.test(username)) throw invalidInput('username must be letters, digits and underscores')
  const tokenId = input.token === undefined ? undefined : idOfToken(input.token)
  if (input.id !== undefined && tokenId !== undefined && input.id !== tokenId) {
    throw invalidInput('the digits of the token must be the id of the bot')
  }
  const id = input.id ?? tokenId ?? freeId()
  return { id, name, username, token: input.token ?? newToken(id), firstUpdateId, firstMessageId }
}

export function userAccount(input: NewUser, freeId: () => number): UserAccount {
  if (input.first_name.trim() === '') throw invalidInput('first_name must not be empty')
  return {
    id: input.id ?? freeId(),
    first_name: input.first_name,
    last_name: input.last_name ?? null,
    username: input.username ?? null,
    language_code: input.language_code ?? null,
    deactivated: false,
  }
}

export function requireTokenOf(botId: number, token: string): void {
  if (idOfToken(token) !== botId) throw invalidInput('the digits of the token must be the id of the bot')
}

function idOfToken(token: string): number {
  const digits = TOKEN.exec(token)?.[1]
  if (digits === undefined) throw invalidInput('token must look like <digits>:<letters, digits, _ and ->')
  return Number(digits)
}

/** A token that nobody has had. */
export function newToken(botId: number): string {
  return `${botId}:AAE${randomBytes(24).toString('base64url')}`
}
