import { expect } from '@playwright/test'
import { z } from 'zod'
import { Cast, INSTANT, test } from '../support/cast.ts'
import { keysOf } from '../support/keys.ts'
import type { Frame, RawSocket } from '../support/raw-socket.ts'

test.describe.configure({ mode: 'default' })

let cast: Cast
test.beforeAll(async ({ shop }) => {
  cast = await Cast.open(shop)
})

const { makeKey, answerAs } = keysOf(() => cast)
const messageOf = (frame: Frame) => z.looseObject({ id: z.string(), seq: z.number() }).parse(frame.message)

test.describe('Feedback', () => {
  async function openRated(
    chatId: number,
  ): Promise<{ id: string; room: RawSocket; messageId: string; supportId: string }> {
    const id = await cast.converse(chatId)
    const { key } = await makeKey(['ai'])
    const room = await cast.chat(id)
    await answerAs(key, id, 'Rate me')
    const messageId = messageOf(await room.next('ai_message', 0)).id
    const supportId = messageOf(
      await room.ask({ type: 'chat_message', content: 'I am no bot' }, 'chat_message'),
    ).id
    return { id, room, messageId, supportId }
  }

  test('submit_feedback on an AI message: feedback_submitted to the sender, feedback_updated to all', async () => {
    const { id, room, messageId } = await openRated(1011)
    const second = await cast.chat(id)
    const frame = {
      type: 'submit_feedback',
      message_id: messageId,
      feedback: 'Positive',
      comment: `  ${'good '.repeat(200)}`,
    }
    const submitted = await room.ask(frame, 'feedback_submitted')
    const comment = 'good '.repeat(100)
    const data = { message_id: messageId, feedback: 'positive', comment, feedback_at: INSTANT }
    expect(submitted).toEqual({ type: 'feedback_submitted', success: true, data })
    for (const socket of [room, second])
      expect(await socket.next('feedback_updated', 0)).toEqual({
        type: 'feedback_updated',
        ...data,
        feedback_at: (submitted.data as { feedback_at: string }).feedback_at,
      })
    await second.ask({ type: 'ping' }, 'pong')
    expect(second.of('feedback_submitted')).toEqual([])
    const later = await cast.chat(id)
    expect(later.frames[0]?.messages).toMatchObject([
      {},
      { feedback: 'positive', feedback_comment: comment },
      {},
    ])
    const none = await room.ask(
      { type: 'submit_feedback', message_id: messageId, feedback: 'none' },
      'feedback_submitted',
    )
    expect(none).toMatchObject({ data: { feedback: 'none', comment: '' } })
    for (const socket of [room, second, later]) socket.close()
  })

  test('on a support message, without an id, with another room’s id, with no such feedback: the error texts, in their order', async () => {
    const { room, messageId, supportId } = await openRated(1012)
    const other = await openRated(1013)
    const rate = (frame: object) => room.ask({ type: 'submit_feedback', ...frame }, 'error')
    const cases: [frame: object, error: string][] = [
      [{ feedback: 'nonsense' }, 'message_id is required'],
      [{ message_id: '', feedback: 'positive' }, 'message_id is required'],
      [
        { message_id: 'missing', feedback: 'nonsense' },
        'Invalid feedback type. Must be "positive", "negative", or "none"',
      ],
      [
        { message_id: messageId, feedback: 1 },
        'Invalid feedback type. Must be "positive", "negative", or "none"',
      ],
      [
        { message_id: 'missing', feedback: 'positive' },
        'Message not found or you do not have permission to access it',
      ],
      [
        { message_id: other.messageId, feedback: 'positive' },
        'Message not found or you do not have permission to access it',
      ],
      [{ message_id: supportId, feedback: 'negative' }, 'Feedback can only be submitted for AI responses'],
    ]
    for (const [frame, error] of cases)
      expect(await rate(frame), JSON.stringify(frame)).toMatchObject({
        error,
        message: error,
        timestamp: INSTANT,
      })
    expect(room.of('feedback_updated')).toEqual([])
    room.close()
    other.room.close()
  })

  test('POST message/{id}/feedback/: 200 and the room is told; 400 and 404 with the same texts', async () => {
    const { room, messageId, supportId } = await openRated(1014)
    const rate = (id: string, body: unknown, as = cast.a) =>
      cast.rest(`/message/message/${id}/feedback/`, { body, as })
    const answer = await rate(messageId, { feedback: 'negative', comment: ' wrong ' })
    const data = { message_id: messageId, feedback: 'negative', comment: 'wrong', feedback_at: INSTANT }
    expect([answer.status, answer.json]).toEqual([
      200,
      { success: true, message: 'Feedback submitted successfully', data },
    ])
    expect(await room.next('feedback_updated', 0)).toEqual({ type: 'feedback_updated', ...data })
    const failures: [id: string, body: unknown, status: number, error: string][] = [
      [messageId, {}, 400, 'Invalid feedback type. Must be "positive", "negative", or "none"'],
      [supportId, { feedback: 'positive' }, 400, 'Feedback can only be submitted for AI responses'],
      [
        'missing',
        { feedback: 'positive' },
        404,
        'Message not found or you do not have permission to access it',
      ],
    ]
    for (const [id, body, status, error] of failures) {
      const refused = await rate(id, body)
      expect([refused.status, refused.json]).toEqual([status, { success: false, error }])
    }
    expect((await rate(messageId, { feedback: 'positive' }, cast.b)).status).toBe(404)
    room.close()
  })
})
