import { createTRPCClient, type TRPCLink } from '@trpc/client'
import { observable } from '@trpc/server/observable'
import type { AppRouter } from '../../server/transports/trpc/router.ts'

export interface Request {
  path: string
  input: Record<string, unknown>
  answer: (data: unknown) => void
  fail: (error: Error) => void
}

/** A client whose server is the test: each request waits until the test answers it. */
export const clientOfTest = () => {
  const requests: Request[] = []
  const link: TRPCLink<AppRouter> =
    () =>
    ({ op }) =>
      observable((observer) => {
        const answer = (data: unknown) => {
          observer.next({ result: { type: 'data', data } })
          observer.complete()
        }
        const fail = (error: Error) => observer.error(error as never)
        requests.push({ path: op.path, input: op.input as Request['input'], answer, fail })
      })
  return { client: createTRPCClient<AppRouter>({ links: [link] }), requests }
}
