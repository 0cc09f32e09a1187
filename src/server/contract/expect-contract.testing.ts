import { expect } from 'vitest'
import type { z } from 'zod'
import { ALL_SOCKETS } from './sockets.ts'

/** Fails where a value that left on a wire is not what its schema promises. */
export function expectContract(schema: z.ZodType | null | undefined, value: unknown, what: string): void {
  expect(schema, `${what} is promised by the contract`).toBeDefined()
  if (schema === null) expect(value, `${what} carries nothing`).toBeUndefined()
  const parsed = schema?.safeParse(value)
  const wrong = parsed?.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  expect(wrong ?? [], `${what}, ${String(JSON.stringify(value)).slice(0, 300)}`).toEqual([])
}

/** Fails where a frame is not one that the server may send on the socket of this path. */
export function expectFrame(path: string, frame: object): void {
  const doc = ALL_SOCKETS.find((socket) =>
    `${path.split('?')[0]}/`.startsWith(socket.path.replace(/\{.*$/, '')),
  )
  const { type } = frame as { type?: string }
  expectContract(doc?.server[type ?? '']?.schema, frame, `${type} on ${path.split('?')[0]}`)
}
