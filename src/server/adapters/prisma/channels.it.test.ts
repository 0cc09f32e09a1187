import { expect, it } from 'vitest'
import { describeChannels } from '../suites/channels.suite.ts'
import { openChannel, openWorkspace } from '../suites/stores.testing.ts'
import { openPostgresStores } from './open-stores.testing.ts'

let opened: Awaited<ReturnType<ReturnType<typeof openPostgresStores>>>

describeChannels(async () => {
  opened = await openPostgresStores('channels')()
  return opened
})

it('seals credentials, and keeps none of a channel that was removed', async () => {
  const { stores, prisma } = opened
  const { id: workspaceId } = await openWorkspace(stores)
  const { id, credentials } = await openChannel(stores, workspaceId)
  const row = () => prisma.channel.findUniqueOrThrow({ where: { id } })
  expect((await row()).credentials).toMatch(/^v2\./)
  expect((await row()).credentials).not.toContain(credentials.token)
  await stores.channels.remove([workspaceId], id)
  expect((await row()).credentials).toBeNull()
})
