import { randomUUID } from 'node:crypto'
import type { Container } from '../container.ts'
import type { SimulatedPerson } from '../contract/simulator.ts'
import { igsidOf } from '../emulators/instagram/world/ids.ts'
import { DEMO_ACCOUNT } from '../transports/simulator/cast.ts'
import { TOLD_OF, type Visitor } from './people.ts'
import { type Line, STORIES, type Story, type Voice } from './stories.ts'

const MINUTE_MS = 60_000
const CLAIM_MS = 5_000
const BLOCKED = 'Forbidden: bot was blocked by the user'

/** The ids of the demo's channels. */
export interface DemoChannels {
  telegram: number
  instagram: number
  website: number
}

interface Teller {
  container: Container
  channels: DemoChannels
  workspaceId: number
  authors: Record<Exclude<Voice, 'customer'>, { userId: number; name: string }>
  /** When the demo is made; every story counts back from here. */
  now: number
}

/** Writes the demo's conversations into an empty workspace. */
export async function tellStories(container: Container, channels: DemoChannels, workspaceId: number) {
  const members = await container.prisma.membership.findMany({
    where: { workspaceId },
    include: { user: true },
  })
  const authorOf = (username: string) => {
    const user = members.find((member) => member.user.username === username)?.user
    if (!user) throw new Error(`The demo's ${username} is not a member of its workspace`)
    return { userId: user.id, name: `${user.firstName} ${user.lastName}` }
  }
  const authors = { sara: authorOf('sara'), ali: authorOf('ali') }
  const teller = { container, channels, workspaceId, authors, now: container.ctx.clock.now() }
  for (const story of STORIES.toReversed()) await tell(teller, story)
}

async function tell(teller: Teller, story: Story) {
  const { container, workspaceId, channels, authors } = teller
  const { journal, ids } = container.ctx
  const person = TOLD_OF.find(({ chatId }) => chatId === story.chatId)
  if (!person) throw new Error(`Nobody in the demo has the chat ${story.chatId}`)
  const opened = await journal.append({
    kind: 'open',
    workspaceId,
    channelId: channels[person.platform],
    source: person.platform,
    sourceId: sourceIdOf(person),
    conversationId: ids.short(),
    firstName: person.firstName,
    lastName: person.lastName,
    username: person.username,
  })
  const where = {
    workspaceIds: [workspaceId],
    conversationId: opened.conversation.id,
    userId: authors.sara.userId,
  }
  for (const line of story.lines) {
    const isLost = Boolean(story.hasBlocked) && line === story.lines.at(-1)
    const { customerId } = opened
    const { conversationId } = where
    const isSent = person.platform !== 'website'
    await write(teller, { line, isLost, isSent, customerId, conversationId })
  }
  const upTo = story.read ?? story.lines.length
  if (upTo > 0) await journal.append({ kind: 'read', ...where, upTo, always: false })
  if (story.isClosed) await journal.append({ kind: 'status', ...where, status: 'closed' })
  await backdate(teller, story, where.conversationId)
}

interface Writing {
  line: Line
  /** The platform refuses it. */
  isLost: boolean
  /** It went by a platform: at a website storing is delivering. */
  isSent: boolean
  customerId: number | null
  conversationId: string
}

async function write({ container, workspaceId, authors }: Teller, writing: Writing) {
  const { line, conversationId, customerId, isLost, isSent } = writing
  const author = line.by === 'customer' ? null : authors[line.by]
  await container.ctx.journal.appendMessage({
    kind: 'message',
    workspaceIds: [workspaceId],
    conversationId,
    id: container.ctx.ids.short(),
    type: author ? 'support' : 'customer',
    content: line.text,
    contentKind: 'text',
    sender: author ? `user:${author.userId}` : `customer:${customerId}`,
    author,
    clientId: null,
    providerId: null,
    deliver: isSent && author !== null,
  })
  if (isSent && author) await settle(container, isLost)
}

/** As the emulators name them, so that whoever writes on goes on in the same conversation. */
function sourceIdOf({ platform, chatId }: SimulatedPerson | Visitor): string {
  if (platform === 'instagram') return igsidOf(DEMO_ACCOUNT.id, String(chatId))
  return platform === 'website' ? `visitor:${randomUUID()}` : String(chatId)
}

/** The emulator was not there when this was said, so what became of it is written down, not tried. */
async function settle(container: Container, isLost: boolean) {
  for (const claimed of await container.ctx.deliveries.claim(1, CLAIM_MS))
    await container.ctx.journal.append({
      kind: 'outcome',
      workspaceId: claimed.workspaceId,
      conversationId: claimed.conversationId,
      deliveryId: claimed.id,
      attempt: claimed.attempt,
      outcome: isLost ? 'failed' : 'sent',
      error: isLost ? BLOCKED : null,
      result: isLost ? { success: false, error: BLOCKED } : { success: true },
      providerId: null,
      delayMs: 0,
    })
}

/** The log takes no time but its own, so a story is told first and then moved to its own days. */
async function backdate({ container, now }: Teller, { lines }: Story, conversationId: string) {
  const { prisma } = container
  const at = ({ ago }: Line) => new Date(now - ago * MINUTE_MS)
  for (const [index, line] of lines.entries()) {
    const createdAt = at(line)
    const { id } = await prisma.message.update({
      where: { conversationId_seq: { conversationId, seq: index + 1 } },
      data: { createdAt },
    })
    await prisma.delivery.updateMany({ where: { messageId: id }, data: { createdAt } })
    const [startedAt, endedAt] = [new Date(createdAt.getTime() + 14), new Date(createdAt.getTime() + 187)]
    await prisma.deliveryAttempt.updateMany({
      where: { delivery: { messageId: id } },
      data: { startedAt, endedAt },
    })
  }
  const [first, last] = [lines[0], lines.at(-1)]
  if (!first || !last) return
  const times = { createdAt: at(first), updatedAt: at(last) }
  const { customerId } = await prisma.conversation.update({ where: { id: conversationId }, data: times })
  await prisma.customer.update({ where: { id: customerId }, data: times })
}
