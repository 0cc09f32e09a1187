import { TRPCError } from '@trpc/server'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import type { ErrorCode } from '../../contract/error.ts'
import { isDomainError } from '../../core/errors.ts'
import { ERROR_TABLE } from '../errors.ts'

/** The core's refusal as tRPC has it; anything unknown stays an internal error. */
export const toTrpcError = (error: unknown): TRPCError => {
  if (error instanceof TRPCError) return error
  if (!isDomainError(error)) return new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause: error })
  return new TRPCError({ code: ERROR_TABLE[error.code].trpc, message: error.message, cause: error })
}

interface Shape {
  message: string
  code: number
  data: object
}

/** Adds the core's code; of an error that nobody foresaw, nothing is told but that it happened. */
export const trpcErrorShape = (shape: Shape, error: TRPCError) => {
  const isUnforeseen = error.code === 'INTERNAL_SERVER_ERROR'
  return {
    ...shape,
    message: isUnforeseen ? 'Something went wrong' : shape.message,
    data: { ...shape.data, stack: undefined, domain: domainOf(error) },
  }
}

const domainOf = (error: TRPCError): ErrorCode => {
  if (isDomainError(error.cause)) return error.cause.code
  const row = Object.entries(ERROR_TABLE).find(([, spelled]) => spelled.trpc === error.code)
  if (!row && getHTTPStatusCodeFromError(error) < 500) return 'invalid_input'
  return (row?.[0] ?? 'internal') as ErrorCode
}
