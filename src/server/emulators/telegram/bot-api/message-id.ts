import { badRequest } from './bot-api-error.ts'
import type { Call } from './call.ts'

export function requireMessageId({ params }: Call): void {
  if (params.text('message_id') === '') throw badRequest('message identifier is not specified')
}
