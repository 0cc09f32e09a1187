import { expect, it } from 'vitest'
import type { Channels, StoredChannel } from '../../core/ports/channels.ts'
import { REMEMBERED_MS, rememberChannels } from './remembered-channels.ts'

function open() {
  let now = 0
  let asked = 0
  let found: StoredChannel | null = { id: 7 } as StoredChannel
  const answer = async () => {
    asked += 1
    return found
  }
  const channels = rememberChannels(
    {
      findById: answer,
      findByUsername: answer,
      findByExternalId: answer,
      stop: async () => {},
    } as unknown as Channels,
    { now: () => now },
  )
  return {
    channels,
    asked: () => asked,
    pass: (ms: number) => {
      now += ms
    },
    becomes: (channel: StoredChannel | null) => {
      found = channel
    },
  }
}

it('asks once for what is looked up again and again, and anew after a moment', async () => {
  const { channels, asked, pass } = open()
  await Promise.all([channels.findById(7), channels.findById(7)])
  expect(await channels.findById(7)).toMatchObject({ id: 7 })
  expect(asked()).toBe(1)
  pass(REMEMBERED_MS)
  await channels.findById(7)
  expect(asked()).toBe(2)
})

it('keeps lookups apart', async () => {
  const { channels, asked } = open()
  await channels.findByUsername('telegram', 'a')
  await channels.findByUsername('instagram', 'a')
  await channels.findByExternalId('telegram', 'a')
  expect(asked()).toBe(3)
})

it('forgets at once what this process changes, and never remembers that there is none', async () => {
  const { channels, asked, becomes } = open()
  await channels.findById(7)
  await channels.stop(7, 'revoked')
  becomes(null)
  expect(await channels.findById(7)).toBeNull()
  becomes({ id: 7 } as StoredChannel)
  expect(await channels.findById(7)).toMatchObject({ id: 7 })
  expect(asked()).toBe(3)
})
