import type { Ports } from '../ports.ts'

/** How long it is remembered that somebody else asked for a bot's updates. */
const CONTESTED_MS = 5 * 60_000

type ContestCtx = Pick<Ports, 'limiter'>

const keyOf = (channelId: number) => `contested:${channelId}`

/** Notes, for whichever node is asked, that another program asks for the updates of a bot of ours. */
export const noteContest = async ({ limiter }: ContestCtx, channelId: number): Promise<void> =>
  void (await limiter.note(keyOf(channelId), CONTESTED_MS))

export const isContested = async ({ limiter }: ContestCtx, channelId: number): Promise<boolean> =>
  (await limiter.count(keyOf(channelId), CONTESTED_MS)) > 0
