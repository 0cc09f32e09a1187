import { expect, it } from 'vitest'
import type { Frame } from './connection.ts'
import { MAX_OUTBOX, Outbox, type Pending } from './outbox.ts'

function open(kept: Pending[] = []) {
  const sent: Frame[] = []
  const now = { isOnline: true, pending: [] as Pending[] }
  const outbox = new Outbox({
    shelf: { load: () => kept, save: () => {} },
    send: (frame) => now.isOnline && sent.push(frame) > 0,
    onChange: (pending) => {
      now.pending = pending
    },
  })
  const idOf = (index: number) => now.pending[index]?.clientId ?? ''
  return { outbox, sent, now, idOf }
}

it('sends one after another, each once it is known that the one before is stored', () => {
  const { outbox, sent, idOf } = open()
  outbox.add('one')
  outbox.add('two')
  expect(sent.map(({ content }) => content)).toEqual(['one'])
  outbox.stored(idOf(0))
  expect(sent.map(({ content }) => content)).toEqual(['one', 'two'])
})

it('keeps what is written while there is no connection, and sends it anew under the same id', () => {
  const { outbox, sent, now } = open()
  outbox.add('one')
  now.isOnline = false
  outbox.add('two')
  now.isOnline = true
  outbox.resume()
  expect(sent.map(({ content }) => content)).toEqual(['one', 'one'])
  expect(sent[1]?.client_id).toBe(sent[0]?.client_id)
})

it('lets others pass one that is refused, until its visitor decides', () => {
  const { outbox, sent, now, idOf } = open()
  outbox.add('bad')
  outbox.add('good')
  outbox.refused(idOf(0), 'invalid_input', undefined)
  expect(sent.map(({ content }) => content)).toEqual(['bad', 'good'])
  outbox.stored(idOf(1))
  expect(now.pending).toMatchObject([{ content: 'bad', state: 'refused', code: 'invalid_input' }])
  outbox.retry(idOf(0))
  expect(sent.at(-1)).toMatchObject({ content: 'bad' })
})

it('is bounded, and takes up what a reload left', () => {
  const { outbox } = open()
  for (let count = 0; count < MAX_OUTBOX; count++) expect(outbox.add(`${count}`)).toBe(true)
  expect(outbox.add('one too many')).toBe(false)
  const left = {
    clientId: 'a',
    content: 'left',
    attachments: [],
    at: '',
    state: 'sending' as const,
    code: null,
  }
  const again = open([left])
  again.outbox.resume()
  expect(again.sent).toMatchObject([{ client_id: 'a', content: 'left' }])
})
