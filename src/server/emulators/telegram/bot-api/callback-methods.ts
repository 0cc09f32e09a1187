import { badRequest } from './bot-api-error.ts'
import type { Answer, Call, Method } from './call.ts'

export const answerCallbackQuery: Method = { name: 'answerCallbackQuery', run: answer }

/** Ends the waiting of whoever pressed a button. Presses come from tests, so any query is known. */
function answer({ params }: Call): Answer {
  if (params.text('callback_query_id') === '')
    throw badRequest('query is too old and response timeout expired or query ID is invalid')
  return { result: true }
}
