import { describe, expect, it } from 'vitest'
import { createLog } from './log.ts'

const BOT = '7000000001:AAE-the_secret-of-bot-0123456789xyz'

/** What the log writes of these fields. */
function written(fields: object, sentence = 'Something failed') {
  const lines: string[] = []
  createLog('info', { write: (line) => void lines.push(line) }).error(fields, sentence)
  return { line: lines.join(''), entry: JSON.parse(lines[0] ?? '') }
}

const thrown = (message: string, fields: object = {}, cause?: unknown) =>
  Object.assign(new Error(message, { cause }), fields)

describe('a line of the log', () => {
  it('keeps what helps: the sentence, plain fields, the error’s type, code and stack', () => {
    const { entry } = written({
      delivery: '7',
      err: thrown('connect ECONNREFUSED', { code: 'ECONNREFUSED' }),
    })
    expect(entry).toMatchObject({
      msg: 'Something failed',
      delivery: '7',
      err: { type: 'Error', message: 'connect ECONNREFUSED', code: 'ECONNREFUSED' },
    })
    expect(entry.err.stack).toContain('log.test.ts')
  })

  it.each<[string, object, string[]]>([
    [
      'a fetch to Telegram',
      { err: thrown('fetch failed', {}, thrown(`connect to /bot${BOT}/getMe`)) },
      [BOT],
    ],
    [
      'undici’s request',
      { err: thrown('UND_ERR', { options: { path: `/bot${BOT}/x`, headers: ['cookie', 'a=b'] } }) },
      [BOT],
    ],
    [
      'Redis and its AUTH',
      { err: thrown('WRONGPASS', { command: { name: 'auth', args: ['hunter2'] } }) },
      ['hunter2'],
    ],
    [
      'PostgreSQL and its row',
      {
        err: thrown('null value', {
          code: '23502',
          detail: 'Failing row contains (9, hunter2).',
          parameters: ['hunter2'],
        }),
      },
      ['hunter2'],
    ],
    [
      'Prisma and its call',
      {
        err: thrown('Invalid `prisma.user.create()` invocation: { data: { passwordHash: "hunter2hash" } }', {
          meta: { driverAdapterError: thrown('postgresql://a:hunter2@db/x') },
        }),
      },
      ['hunter2'],
    ],
    ['a bad URL', { err: thrown('Invalid URL', { input: 'postgresql://peyk:hunter2@:x/db' }) }, ['hunter2']],
    [
      'several errors at once',
      { err: new AggregateError([thrown(`a ${BOT}`), thrown('b')], 'all failed') },
      [BOT],
    ],
    ['a thrown text', { err: `failed with ${BOT}` }, [BOT]],
    ['a secret by its name', { session: { refreshToken: 'hunter2', apiKey: ['hunter2'] } }, ['hunter2']],
    ['a secret in a name', { [`/bot${BOT}`]: 1 }, [BOT]],
  ])('holds no secret of %s', (_name, fields, secrets) => {
    const { line } = written(fields)
    for (const secret of secrets) expect(line).not.toContain(secret)
  })

  it('holds no secret in its sentence', () => {
    expect(written({}, `The bot ${BOT} is gone`).line).not.toContain(BOT)
  })

  it('is written of objects that have no end, and of those that throw when they are read', () => {
    const loop: Record<string, unknown> = { name: 'loop' }
    loop.self = loop
    const trap = {
      get trap() {
        throw new Error('no')
      },
    }
    const error = thrown('outer')
    error.cause = error
    expect(written({ loop, trap, err: error }).entry).toMatchObject({
      loop: { name: 'loop', self: '[circular]' },
      trap: { trap: '[unreadable]' },
      err: { cause: '[circular]' },
    })
  })

  it('has a bound, however much it is given', () => {
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`f${index}`, index]))
    const deep = Array.from({ length: 1_000 }).reduce((inner) => ({ inner }), {})
    const { line } = written({ many, deep, text: 'x'.repeat(1_000_000), list: Array(100_000).fill(0) })
    expect(line.length).toBeLessThan(12_000)
  })

  it('is not written below its level', () => {
    const lines: string[] = []
    createLog('error', { write: (line) => void lines.push(line) }).warn({}, 'Not so bad')
    expect(lines).toEqual([])
  })

  it('costs little enough to be passed on every line', () => {
    const log = createLog('info', { write: () => {} })
    const fields = { delivery: '7', err: thrown('fetch failed', { code: 'X' }, thrown('connect')) }
    for (let warm = 0; warm < 500; warm++) log.error(fields, 'A delivery failed')
    const rounds = Array.from({ length: 500 }, () => {
      const began = performance.now()
      log.error(fields, 'A delivery failed')
      return performance.now() - began
    })
    // The median: what the machine does besides is no cost of ours.
    expect(rounds.sort((a, b) => a - b)[250]).toBeLessThan(0.5)
  })
})
