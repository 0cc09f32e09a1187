import { z } from 'zod'
import { Channel, ConnectTelegram } from '../../contract/channel.ts'
import { IntId } from '../../contract/ids.ts'
import { connectTelegram } from '../../core/channels/connect.ts'
import { disconnectChannel } from '../../core/channels/disconnect.ts'
import { listChannels } from '../../core/channels/list.ts'
import { procedure, router } from './trpc.ts'

export const channels = router({
  list: procedure.output(z.array(Channel)).query(({ ctx }) => listChannels(ctx.core)),
  connectTelegram: procedure
    .input(ConnectTelegram)
    .output(Channel)
    .mutation(async ({ ctx, input }) => (await connectTelegram(ctx.core, input)).channel),
  disconnect: procedure
    .input(z.object({ channelId: IntId }))
    .output(z.object({ channelId: IntId }))
    .mutation(({ ctx, input }) => disconnectChannel(ctx.core, input)),
})
