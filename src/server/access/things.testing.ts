import { randomUUID } from 'node:crypto'
import { openListed, SPAM_HOLD, say } from '../core/cast.testing.ts'
import { uploadAttachment } from '../core/files/upload.ts'
import { createKey } from '../core/keys/keys.ts'
import { sendMessage } from '../core/messages/send.ts'
import { createTags } from '../core/tags/tags.ts'
import { beginTwoFactor, confirmTwoFactor } from '../core/two-factor/enrol.ts'
import { codeAt } from '../core/two-factor/two-factor.testing.ts'
import type { Call } from './row.testing.ts'
import { settle } from './snapshot.testing.ts'
import { type Caller, MARK, type World } from './world.testing.ts'

export const nothing = (): Call => ({})

/** A call that names nothing, beside something of Ada’s that it might show. */
export const besides =
  (make: (world: World) => Promise<unknown>) =>
  async (world: World): Promise<Call> => {
    await make(world)
    return {}
  }

export const makeTag = async (world: World): Promise<number> => {
  const [made] = await createTags(world.ada.person.as, [`${MARK} ${world.ctx.ids.short()}`])
  if (!made) throw new Error('No tag was made')
  return made.id
}
/** Ada's socket in a conversation of hers, as a node reports it; answers its id. */
export async function openSocket(world: World): Promise<string> {
  const { conversationId } = await world.openThread()
  const { userId, sessionId, workspaceId } = world.ada.person.as.actor
  const id = randomUUID()
  const who = {
    id,
    kind: 'raw-chat' as const,
    userId,
    sessionId,
    workspaceIds: [workspaceId],
    conversationId,
  }
  const open = [{ ...who, address: `${MARK} address`, userAgent: MARK, openedAt: Date.now(), lagBytes: 0 }]
  await world.ctx.connections.report({ node: { id: randomUUID(), name: MARK }, open, closed: [] })
  return id
}

export async function block({ ctx }: World, network: string): Promise<string> {
  const expiresAt = Date.now() + 60_000
  await ctx.blockedIps.put({ network, reason: MARK, createdBy: null, expiresAt })
  return network
}

export async function makeKey(world: World): Promise<number> {
  return (await createKey(world.ada.person.as, { name: MARK, scopes: ['read'] })).id
}

async function* note() {
  yield Buffer.from(`${MARK} in a file`)
}

/** A file of Amir's that waits to be sent. */
export async function uploadedFile(world: World) {
  const { conversationId } = await world.openThread()
  const upload = { conversationId, name: `${MARK}.txt`, bytes: note() }
  return { conversationId, id: (await uploadAttachment(world.amir.person.as, upload)).id }
}

export async function sentFile(world: World) {
  const { conversationId, id } = await uploadedFile(world)
  const sending = {
    conversationId,
    content: '',
    type: 'support' as const,
    clientId: null,
    attachmentIds: [id],
  }
  await sendMessage(world.amir.person.as, sending)
  return id
}

export const PASSWORD = 'a long password'

/** Somebody new in Ada's workspace. */
export const colleague = async (world: World) => ({ userId: (await world.newAgent()).person.as.actor.userId })

/** Somebody new who has a password. */
export async function provable(world: World): Promise<Caller> {
  const by = await world.newcomer()
  const passwordHash = await world.ctx.passwords.hash(PASSWORD)
  await world.prisma.user.update({ where: { id: by.person.as.actor.userId }, data: { passwordHash } })
  return by
}

/** Somebody new with a second factor, proved by the password and a recovery code. */
export async function proveBoth(world: World): Promise<Call> {
  const by = await provable(world)
  const { secret } = await beginTwoFactor(by.person.as, { password: PASSWORD })
  const { codes } = await confirmTwoFactor(by.person.as, { code: codeAt(secret, Date.now()) })
  return { body: { password: PASSWORD, code: codes[0] }, by }
}

/** A message of Ada's whose delivery came to nothing: its customer is unknown to the platform. */
export async function failedMessage(world: World): Promise<string> {
  const { conversationId } = await world.openThread()
  const input = { conversationId, clientId: null, content: 'Hello', type: 'support' as const }
  const { message } = await sendMessage(world.ada.person.as, input)
  await settle(world.prisma)
  return message.id
}

/** A message of Ada's that is held as spam. */
export async function heldMessage({ ada }: World): Promise<string> {
  const { as } = ada.person
  return (await say(as, await openListed(as), `${MARK} casino`, SPAM_HOLD)).id
}
