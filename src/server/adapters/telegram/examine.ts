import type { Examination } from '../../core/ports/platform.ts'
import { fields, textOf } from '../foreign.ts'
import { callTelegram, type TelegramAnswer, type TelegramBody, type TelegramTarget } from './client.ts'
import { countOf, instantOf, isId } from './fields.ts'
import { describe, isDeadToken } from './outcome.ts'
import { ALLOWED_UPDATES } from './parse.ts'

/** A person looks on. */
const TIMEOUT_MS = 7_000
/** Told only to whoever asks for it by name. */
const NOT_BY_DEFAULT = new Set<string>(['chat_member', 'message_reaction', 'message_reaction_count'])

/** Whose token it is, where its updates go and how that goes, in Telegram's words. */
export async function examine(given: TelegramTarget): Promise<Examination> {
  const target = { ...given, timeoutMs: TIMEOUT_MS }
  const begun = Date.now()
  const [me, info] = await Promise.all([
    callTelegram(target, 'getMe', {}),
    callTelegram(target, 'getWebhookInfo', {}),
  ])
  const bot = me.kind === 'answered' && me.body.ok ? fields(me.body.result) : null
  return {
    ...tokenOf(me),
    account: isId(bot?.id) ? String(bot.id) : null,
    webhook: info.kind === 'answered' && info.body.ok ? readWebhook(info.body) : null,
    isSecretKnown: null,
    clockAheadMs: aheadOf(me, { begun, ended: Date.now() }),
  }
}

function tokenOf(me: TelegramAnswer): Pick<Examination, 'token' | 'words'> {
  if (me.kind !== 'answered') return { token: 'unreachable', words: null }
  if (me.body.ok) return { token: 'accepted', words: null }
  const words = describe(me.body)
  return { token: isDeadToken(me.status, words) ? 'refused' : 'unreachable', words }
}

/** What getWebhookInfo tells. */
export function readWebhook({ result }: TelegramBody) {
  const info = fields(result)
  const url = textOf(info?.url)
  const told = Array.isArray(info?.allowed_updates) ? info.allowed_updates : null
  const isTold = (kind: string) => (told ? told.includes(kind) : !NOT_BY_DEFAULT.has(kind))
  return {
    url,
    isSet: url !== null,
    pending: countOf(info?.pending_update_count) ?? 0,
    lastError: textOf(info?.last_error_message),
    lastErrorAt: instantOf(info?.last_error_date) ?? null,
    missing: ALLOWED_UPDATES.filter((kind) => !isTold(kind)),
  }
}

/** Its clock says whole seconds, and the answer was somewhere between: what is less than that is no difference. */
function aheadOf(me: TelegramAnswer, { begun, ended }: { begun: number; ended: number }): number | null {
  if (me.kind !== 'answered' || me.sentAt === undefined) return null
  const [earliest, latest] = [me.sentAt, me.sentAt + 1_000]
  if (latest < begun) return latest - begun
  return earliest > ended ? earliest - ended : 0
}
