import { expect } from '@playwright/test'
import { z } from 'zod'
import type { Cast } from './cast.ts'
import { call } from './rest.ts'

const Made = z.looseObject({ id: z.number(), key: z.string() })

/** API keys of the cast's workspace, and what a program does with one. `cast` is asked for when a test runs. */
export const keysOf = (cast: () => Cast) => {
  const withKey = (key: string, path: string, body?: unknown, method?: string) =>
    call(cast().host, `/api/v1${path}`, {
      token: key,
      ...(body !== undefined && { body }),
      ...(method && { method }),
    })
  return {
    withKey,
    async makeKey(scopes: string[], more: object = {}) {
      const answer = await cast().rest('/api-keys/', {
        body: { name: `for ${scopes.join(' and ')}`, scopes, ...more },
      })
      expect(answer.status, answer.text).toBe(201)
      return Made.parse(answer.json)
    },
    answerAs: (key: string, id: string, content: unknown, more: object = {}) =>
      withKey(key, `/message/conversation/${id}/ai-message/`, { content, ...more }),
  }
}
