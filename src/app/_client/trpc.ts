import {
  createTRPCClient,
  httpLink,
  splitLink,
  TRPCClientError,
  type TRPCLink,
  type TRPCWebSocketClient,
  wsLink,
} from '@trpc/client'
import { observable } from '@trpc/server/observable'
import { createTRPCContext } from '@trpc/tanstack-react-query'
import type { ErrorCode } from '../../server/contract/error.ts'
import type { AppRouter } from '../../server/transports/trpc/router.ts'

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>()

export type Client = ReturnType<typeof createClient>

const REQUEST_TIMEOUT_MS = 20_000

interface Options {
  socket: TRPCWebSocketClient
  onSessionEnded: () => void
}

/** Queries and mutations by HTTP; what belongs to the live connection, typing and viewing included, by its socket. */
export const createClient = ({ socket, onSessionEnded }: Options) =>
  createTRPCClient<AppRouter>({
    links: [
      sessionLink(onSessionEnded),
      splitLink({
        condition: ({ path }) => path.startsWith('live.'),
        true: wsLink({ client: socket }),
        false: httpLink({ url: '/trpc', fetch: fetchWithin }),
      }),
    ],
  })

/** The code of ours that the server answered with; null where no answer came. */
export const answerOf = (error: unknown): ErrorCode | null => {
  if (!(error instanceof TRPCClientError)) return null
  const data = error.data as { domain?: ErrorCode; code?: string } | null | undefined
  if (!data) return null
  return data.domain ?? (data.code === 'UNAUTHORIZED' ? 'unauthenticated' : 'internal')
}

const sessionLink =
  (onSessionEnded: () => void): TRPCLink<AppRouter> =>
  () =>
  ({ op, next }) =>
    observable((observer) =>
      next(op).subscribe({
        ...observer,
        error: (error) => {
          if (answerOf(error) === 'unauthenticated') onSessionEnded()
          observer.error(error)
        },
      }),
    )

// A request on a dead route must fail, or the message it carries would neither be sent nor be tried again.
const fetchWithin: typeof fetch = (input, init) => {
  const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MS)
  return fetch(input, { ...init, signal: init?.signal ? AbortSignal.any([init.signal, timeout]) : timeout })
}
