import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Conversation } from '../../contract/conversation.ts'
import { answerAsBot, openKey, openListed, type Person, say } from '../../core/cast.testing.ts'
import { startRest } from './rest-server.testing.ts'

let rest: Awaited<ReturnType<typeof startRest>>
let omar: Person
let own: Conversation
let foreign: Conversation
beforeAll(async () => {
  rest = await startRest()
  omar = await rest.enter('omar')
  foreign = await openListed(omar.as)
})
beforeEach(async () => {
  own = await openListed(rest.anna.as)
})
afterAll(() => rest.close())

const aiPath = (id: string) => `message/conversation/${id}/ai-message/`
const thread = (id: string) => rest.anna.as.messages.page(id, { limit: 100 })

describe('an answer of the bot', () => {
  it('comes through a key with the scope, and is stored once for a repeated Idempotency-Key', async () => {
    const { token } = await openKey(rest.anna.as, ['ai'])
    const body = JSON.stringify({
      content: ' Hello ',
      metadata: { model: 'm' },
      input_tokens: 3,
      output_tokens: 4,
    })
    const ask = () =>
      rest.ask(aiPath(own.id), { method: 'POST', body, token, headers: { 'idempotency-key': 'k1' } })
    const [first, again] = [await ask(), await ask()]
    expect(first).toMatchObject({
      status: 201,
      json: {
        data: {
          message: { type: 'AI', content: 'Hello', is_ai_response: true, seq: 1 },
          external_send_result: {},
        },
      },
    })
    expect(again.json).toEqual(first.json)
    const { json } = await rest.ask(`message/user-messages?conversation=${own.id}`)
    expect(json).toMatchObject({
      count: 1,
      results: [{ metadata: { model: 'm' }, input_tokens: 3, output_tokens: 4, total_tokens: 7 }],
    })
  })

  it('comes neither from a person, nor from a key without the scope, nor of another workspace', async () => {
    const say = (who: Person, id = own.id) => rest.call('POST', aiPath(id), { content: 'Hello' }, who)
    expect((await say(rest.anna)).status).toBe(403)
    expect((await say(await openKey(rest.anna.as, ['messages', 'read']))).status).toBe(403)
    expect((await say(await openKey(omar.as, ['ai']))).status).toBe(404)
    expect(await thread(own.id)).toEqual([])
  })

  it('has tokens that are counts, and metadata that is an object', async () => {
    const key = await openKey(rest.anna.as, ['ai'])
    for (const extra of [{ input_tokens: -1 }, { output_tokens: 1.5 }, { metadata: 'x' }, { content: '' }])
      expect((await rest.call('POST', aiPath(own.id), { content: 'Hello', ...extra }, key)).status).toBe(400)
    expect(await thread(own.id)).toEqual([])
  })
})

describe('feedback', () => {
  const rate = (id: string, body: object, who: Person = rest.anna) =>
    rest.call('POST', `message/message/${id}/feedback/`, body, who)

  it('rates an answer of the bot', async () => {
    const { id } = await answerAsBot(rest.anna.as, own.id, 'Hello')
    const { status, json } = await rate(id, { feedback: 'Positive', comment: '  good  ' })
    expect([status, json.data]).toMatchObject([
      200,
      { message_id: id, feedback: 'positive', comment: 'good' },
    ])
    expect(await thread(own.id)).toMatchObject([{ feedback: 'positive', feedbackComment: 'good' }])
  })

  it('rates nothing else, and nobody else’s', async () => {
    const { id } = await say(rest.anna.as, own, 'hello')
    const ai = await answerAsBot(rest.anna.as, own.id, 'Hello')
    expect(await rate(id, { feedback: 'positive' })).toMatchObject({
      status: 400,
      json: { success: false, error: 'Feedback can only be submitted for AI responses' },
    })
    expect(await rate(ai.id, { feedback: 'great' })).toMatchObject({
      status: 400,
      json: { error: 'Invalid feedback type. Must be "positive", "negative", or "none"' },
    })
    for (const [of, who] of [
      [ai.id, omar],
      ['nowhere', rest.anna],
    ] as const)
      expect(await rate(of, { feedback: 'positive' }, who)).toMatchObject({
        status: 404,
        json: { error: 'Message not found or you do not have permission to access it' },
      })
  })
})

describe('support-answer', () => {
  const answer = (id: string, body: object) => rest.call('POST', `message/support-answer/${id}/`, body)

  it('sends as send-message does, and answers the raw message', async () => {
    const { status, json } = await answer(own.id, { content: ' hi ' })
    expect(status).toBe(200)
    expect(json).toMatchObject({
      conversation: own.id,
      customer: own.customerId,
      type: 'support',
      content: 'hi',
    })
    expect(await thread(own.id)).toMatchObject([{ content: 'hi', delivery: { state: 'queued' } }])
  })

  it('may not write into anybody else’s conversation, nor nothing', async () => {
    expect((await answer(foreign.id, { content: 'hi' })).status).toBe(404)
    expect(await answer(own.id, {})).toMatchObject({
      status: 406,
      json: { content: ['This field is required.'] },
    })
    expect(await answer(own.id, { content: ' ' })).toMatchObject({
      status: 406,
      json: { content: ['This field may not be blank.'] },
    })
    expect((await answer(own.id, { content: 'x'.repeat(1001) })).status).toBe(400)
    expect(await thread(own.id)).toEqual([])
  })
})

describe('user-messages', () => {
  it('filters, and shows nothing of others', async () => {
    await say(rest.anna.as, own, 'Where is the saffron?')
    await answerAsBot(rest.anna.as, own.id, 'On its way')
    await say(omar.as, foreign, 'saffron')
    const texts = async (query: string) => {
      const { json } = await rest.ask(`message/user-messages?conversation=${own.id}&${query}`)
      return (json.results as { content: string }[]).map(({ content }) => content)
    }
    expect(await texts('ordering=created_at')).toEqual(['Where is the saffron?', 'On its way'])
    expect(await texts('search=SAFFRON')).toEqual(['Where is the saffron?'])
    expect(await texts('type=AI')).toEqual(['On its way'])
    expect(await texts('is_ai_response=false')).toEqual(['Where is the saffron?'])
    expect(await texts('is_answered=true')).toEqual([])
    expect(await texts('type=dance')).toEqual([])
    expect((await rest.ask(`message/user-messages?conversation=${foreign.id}`)).json).toMatchObject({
      count: 0,
    })
    expect((await rest.ask('message/user-messages?search=saffron')).json).toMatchObject({ count: 1 })
  })
})
