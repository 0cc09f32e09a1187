import { expect, it, vi } from 'vitest'
import type { Attachment } from '../../server/contract/attachment.ts'
import { MAX_ATTACHMENTS } from '../../server/contract/limits.ts'
import { UploadFailed } from './send-file.ts'
import { canRetry, Uploads } from './uploads.ts'

const fileOf = (name = 'a.png') => new File(['x'], name, { type: 'image/png' })
const attachmentOf = (id: string): Attachment => ({
  id,
  kind: 'image',
  name: 'a.png',
  mime: 'image/png',
  size: 1,
  width: 1,
  height: 1,
  durationMs: null,
  state: 'ready',
  reason: null,
  hasThumb: true,
})

/** Uploads whose server the test plays. */
function start() {
  const sent: {
    progress: (share: number) => void
    arrive: (id: string) => void
    fail: (error: Error) => void
    abort: () => void
  }[] = []
  const discard = vi.fn()
  const uploads = new Uploads({
    send: (_file, _conversationId, progress) => {
      const abort = vi.fn()
      const done = new Promise<Attachment>((resolve, reject) => {
        sent.push({ progress, arrive: (id) => resolve(attachmentOf(id)), fail: reject, abort })
      })
      return { done, abort }
    },
    discard,
  })
  const states = () => uploads.entries.get().map(({ state }) => state)
  const keyAt = (index: number) => uploads.entries.get()[index]?.key ?? ''
  return { uploads, sent, discard, states, keyAt }
}

it('shows how far a file is, and hands it to the message that takes it', async () => {
  const { uploads, sent, states } = start()
  uploads.add('c1', [fileOf()])
  uploads.add('c2', [fileOf('other.png')])
  sent[0]?.progress(0.5)
  expect(uploads.entries.get()[0]).toMatchObject({ state: 'uploading', progress: 0.5, name: 'a.png' })
  sent[0]?.arrive('one')
  await vi.waitFor(() => expect(states()).toEqual(['ready', 'uploading']))
  expect(uploads.take('c1').map(({ id }) => id)).toEqual(['one'])
  expect(states()).toEqual(['uploading'])
})

it('tries one again that broke off, and none that is refused for good', async () => {
  const { uploads, sent, states, keyAt } = start()
  uploads.add('c1', [fileOf(), fileOf()])
  sent[0]?.fail(new UploadFailed('network'))
  sent[1]?.fail(new UploadFailed('too_large'))
  await vi.waitFor(() => expect(states()).toEqual(['failed', 'failed']))
  expect(uploads.entries.get().map(canRetry)).toEqual([true, false])
  uploads.retry(keyAt(0))
  sent[2]?.arrive('one')
  await vi.waitFor(() => expect(states()).toEqual(['ready', 'failed']))
})

it('lets go of one wherever it is: on its way, and on the server', async () => {
  const { uploads, sent, discard, states, keyAt } = start()
  uploads.add('c1', [fileOf(), fileOf()])
  uploads.remove(keyAt(0))
  expect(sent[0]?.abort).toHaveBeenCalled()
  sent[0]?.arrive('late')
  await vi.waitFor(() => expect(discard).toHaveBeenCalledWith('late'))
  sent[1]?.arrive('there')
  await vi.waitFor(() => expect(states()).toEqual(['ready']))
  uploads.remove(keyAt(0))
  expect(discard).toHaveBeenLastCalledWith('there')
  expect(states()).toEqual([])
})

it('begins with no more than a message takes, and with nothing that is refused beforehand', () => {
  const { uploads, sent } = start()
  const files = Array.from({ length: MAX_ATTACHMENTS + 2 }, () => fileOf())
  expect(uploads.add('c1', files)).toBe(2)
  expect(sent).toHaveLength(MAX_ATTACHMENTS)
  expect(uploads.add('c2', [fileOf()], () => 'invalid_input')).toBe(0)
  expect(sent).toHaveLength(MAX_ATTACHMENTS)
  expect(uploads.entries.get().at(-1)).toMatchObject({ state: 'failed', error: 'invalid_input' })
})
