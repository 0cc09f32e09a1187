import { TRPCError } from '@trpc/server'
import { describe, expect, it } from 'vitest'
import { ErrorCode } from '../../contract/error.ts'
import { DomainError } from '../../core/errors.ts'
import { ERROR_TABLE } from '../errors.ts'
import { toTrpcError, trpcErrorShape } from './errors.ts'

const shape = { message: 'from inside', code: -32000, data: { path: 'a.b', stack: 'at secret.ts:1' } }
const shapeOf = (error: TRPCError) => trpcErrorShape({ ...shape, message: error.message }, error)

describe('errors on tRPC', () => {
  it.each(ErrorCode.options)('spells %s with its code and its domain code', (code) => {
    const error = toTrpcError(new DomainError(code, 'A sentence'))
    expect(error.code).toBe(ERROR_TABLE[code].trpc)
    expect(shapeOf(error).data).toMatchObject({ domain: code })
  })

  it('shows the sentence of a refusal', () => {
    expect(shapeOf(toTrpcError(new DomainError('not_found', 'Message not found'))).message).toBe(
      'Message not found',
    )
  })

  it('shows nothing of an error that nobody foresaw', () => {
    const shown = JSON.stringify(shapeOf(toTrpcError(new Error('password=hunter2'))))
    expect(shown).toContain('Something went wrong')
    expect(shown).toContain('"domain":"internal"')
    expect(shown).not.toContain('hunter2')
    expect(shown).not.toContain('secret.ts')
  })

  it('gives an error of tRPC itself the domain code of its kind', () => {
    const error = new TRPCError({ code: 'BAD_REQUEST', message: 'Bad input' })
    expect(toTrpcError(error)).toBe(error)
    expect(shapeOf(error)).toMatchObject({ message: 'Bad input', data: { domain: 'invalid_input' } })
  })
})
