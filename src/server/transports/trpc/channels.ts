import { z } from 'zod'
import {
  Channel,
  InstagramSetup,
  ReconnectInstagram,
  ReconnectTelegram,
  SetHumanAgent,
} from '../../contract/channel.ts'
import { ChannelHealth, ExamineChannel, RepairChannel } from '../../contract/channel-health.ts'
import { IntId } from '../../contract/ids.ts'
import { ChangeWebsite, ConnectWebsite, GetWebsite, IdentitySecret, Website } from '../../contract/website.ts'
import { connectTelegram } from '../../core/channels/connect.ts'
import { connectInstagram } from '../../core/channels/connect-instagram.ts'
import { disconnectChannel } from '../../core/channels/disconnect.ts'
import { examineChannel } from '../../core/channels/examine.ts'
import { instagramSetup } from '../../core/channels/instagram-setup.ts'
import { listChannels } from '../../core/channels/list.ts'
import { repairChannel } from '../../core/channels/repair.ts'
import { setHumanAgent } from '../../core/channels/set-human-agent.ts'
import { changeWebsite } from '../../core/websites/change.ts'
import { connectWebsite } from '../../core/websites/connect.ts'
import { rotateIdentitySecret, showIdentitySecret } from '../../core/websites/identity.ts'
import { getWebsite } from '../../core/websites/website.ts'
import { procedure, router } from './trpc.ts'

export const channels = router({
  list: procedure.output(z.array(Channel)).query(({ ctx }) => listChannels(ctx.core)),
  connectTelegram: procedure
    .input(ReconnectTelegram)
    .output(Channel)
    .mutation(async ({ ctx, input }) => (await connectTelegram(ctx.core, input)).channel),
  connectInstagram: procedure
    .input(ReconnectInstagram)
    .output(Channel)
    .mutation(async ({ ctx, input }) => (await connectInstagram(ctx.core, input)).channel),
  instagramSetup: procedure.output(InstagramSetup).query(({ ctx }) => instagramSetup(ctx.core)),
  setHumanAgent: procedure
    .input(SetHumanAgent)
    .output(Channel)
    .mutation(({ ctx, input }) => setHumanAgent(ctx.core, input)),
  connectWebsite: procedure
    .input(ConnectWebsite)
    .output(Website)
    .mutation(({ ctx, input }) => connectWebsite(ctx.core, input)),
  website: procedure
    .input(GetWebsite)
    .output(Website)
    .query(({ ctx, input }) => getWebsite(ctx.core, input)),
  changeWebsite: procedure
    .input(ChangeWebsite)
    .output(Website)
    .mutation(({ ctx, input }) => changeWebsite(ctx.core, input)),
  showIdentitySecret: procedure
    .input(GetWebsite)
    .output(IdentitySecret)
    .mutation(({ ctx, input }) => showIdentitySecret(ctx.core, input)),
  rotateIdentitySecret: procedure
    .input(GetWebsite)
    .output(IdentitySecret)
    .mutation(({ ctx, input }) => rotateIdentitySecret(ctx.core, input)),
  health: procedure
    .input(ExamineChannel)
    .output(ChannelHealth)
    .query(({ ctx, input }) => examineChannel(ctx.core, input)),
  repair: procedure
    .input(RepairChannel)
    .output(ChannelHealth)
    .mutation(({ ctx, input }) => repairChannel(ctx.core, input)),
  disconnect: procedure
    .input(z.object({ channelId: IntId }))
    .output(z.object({ channelId: IntId }))
    .mutation(({ ctx, input }) => disconnectChannel(ctx.core, input)),
})
