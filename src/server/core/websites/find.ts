import { isUnstorable } from '../../contract/characters.ts'
import type { Ctx } from '../context.ts'
import type { StoredChannel } from '../ports/channels.ts'

/** The website of this key, whoever asks: the key stands in the page of every visitor. */
export const findWebsite = async (ctx: Ctx, siteKey: string): Promise<StoredChannel | null> =>
  isUnstorable(siteKey) ? null : ctx.channels.findByExternalId('website', siteKey)
