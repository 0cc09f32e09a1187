import type { WidgetPresence } from '../../contract/widget.ts'
import type { Ports } from '../ports.ts'

const DAY_MS = 86_400_000
const WINDOW_MS = 30 * DAY_MS
/** Below so many answers a median says nothing. */
const MIN_ANSWERS = 10

/** Where the people of a workspace are present while they have the console open. */
const consolePlace = (workspaceId: number) => `console:${workspaceId}`

/** Whether somebody is there to answer, and how long customers wait as a rule. */
export async function presenceFor(
  { presence, visitors, clock }: Pick<Ports, 'presence' | 'visitors' | 'clock'>,
  { workspaceId, channelId }: { workspaceId: number; channelId: number },
): Promise<WidgetPresence> {
  const [online, { count, medianSeconds }] = await Promise.all([
    presence.who(consolePlace(workspaceId)),
    visitors.replyTimes(channelId, clock.now() - WINDOW_MS),
  ])
  const seconds = count < MIN_ANSWERS ? null : Math.max(1, Math.round(medianSeconds))
  return { is_online: online.length > 0, reply_seconds: seconds }
}
