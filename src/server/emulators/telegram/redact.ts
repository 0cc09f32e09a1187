import { createRedactor } from '../redactor.ts'

export const { redact: redactTokens, redactParams } = createRedactor({
  token: /\d{5,}:[A-Za-z0-9_-]{20,}/g,
  params: new Set(['secret_token']),
})
