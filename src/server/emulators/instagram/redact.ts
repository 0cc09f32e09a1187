import { createRedactor } from '../redactor.ts'

export const { redact: redactSecrets, redactParams } = createRedactor({
  token: /\bIGAA[A-Za-z0-9_-]{20,}/g,
  params: new Set(['access_token', 'client_secret', 'appsecret_proof']),
})
