import { notFound } from '../../control-error.ts'
import type { ControlApi } from '../control-api.ts'
import type { MessageTold, Thread as ThreadView } from '../control-types.ts'
import { actIn, view } from '../world/acting.ts'
import {
  comeByLink,
  editMessage,
  pressButton,
  reactToMessage,
  seeMessages,
  unsendMessage,
  writeMessage,
} from '../world/customer-actions.ts'
import { writeAsOwner } from '../world/owner-actions.ts'
import type { StoredMessage, Thread } from '../world/thread.ts'
import { threadView } from '../world/views.ts'
import type { World } from '../world/world.ts'
import { requireWhole } from './checks.ts'

type ReadVerbs = Pick<
  ControlApi,
  'openThread' | 'listThreads' | 'getThread' | 'setThread' | 'listMessages' | 'watchThread'
>
type ActVerbs = Pick<
  ControlApi,
  'write' | 'edit' | 'unsend' | 'react' | 'see' | 'pressButton' | 'refer' | 'writeAsOwner'
>

export function threadVerbs(world: World): ReadVerbs & ActVerbs {
  return { ...readVerbs(world), ...actVerbs(world) }
}

function readVerbs(world: World): ReadVerbs {
  const show = (thread: Thread): ThreadView => {
    const last = thread.messages().at(-1)
    return threadView(thread, last === undefined ? null : view(world, last))
  }
  return {
    openThread({ accountId, customerId }) {
      const account = world.getAccount(accountId)
      return show(account.openThread(world.getCustomer(customerId)))
    },
    listThreads: (accountId) => world.getAccount(accountId).threads().map(show),
    getThread: (ref) => show(world.getThread(ref)),
    setThread({ blocked, deleted, heardAtMs, ...ref }) {
      const thread = world.getThread(ref)
      if (blocked !== undefined) setFlag(thread, 'blocked', blocked)
      if (deleted !== undefined) setFlag(thread, 'deleted', deleted)
      if (heardAtMs !== undefined) thread.lastCustomerMessageMs = heardAtMs
      return show(thread)
    },
    listMessages({ afterMid, limit, ...ref }) {
      const messages = pageOf(world, world.getThread(ref).messages(), { afterMid, limit })
      return messages.map((message) => view(world, message))
    },
    watchThread({ lastEventId = null, ...ref }, listener) {
      return world.getThread(ref).events.subscribe(lastEventId, ({ id, event }) => listener(event, id))
    },
  }
}

function actVerbs(world: World): ActVerbs {
  const shown = (told: { message: StoredMessage; deliveryId: number | null }): MessageTold => ({
    message: view(world, told.message),
    deliveryId: told.deliveryId,
  })
  return {
    write: (input) => shown(writeMessage(actIn(world, input), input)),
    edit: (input) => shown(editMessage(actIn(world, input), input)),
    unsend: (input) => shown(unsendMessage(actIn(world, input), input.mid)),
    react: (input) => shown(reactToMessage(actIn(world, input), input)),
    see: (input) => seeMessages(actIn(world, input), input.mid),
    pressButton: (input) => pressButton(actIn(world, input), input),
    refer: (input) => comeByLink(actIn(world, input), input.referral),
    writeAsOwner: (input) => shown(writeAsOwner(actIn(world, input), input)),
  }
}

/** The newest, or what follows a message. */
function pageOf(
  world: World,
  messages: readonly StoredMessage[],
  { afterMid, limit }: { afterMid?: string; limit?: number },
): StoredMessage[] {
  const { maxPageSize } = world.surroundings.limits
  requireWhole('limit', limit ?? maxPageSize, { min: 1 })
  const size = Math.min(limit ?? maxPageSize, maxPageSize)
  if (afterMid === undefined) return messages.slice(-size)
  const at = messages.findIndex(({ mid }) => mid === afterMid)
  if (at < 0) throw notFound('message')
  return messages.slice(at + 1, at + 1 + size)
}

function setFlag(thread: Thread, flag: 'blocked' | 'deleted', value: boolean): void {
  if (thread[flag] === value) return
  thread[flag] = value
  thread.events.append(flag === 'blocked' ? { type: flag, blocked: value } : { type: flag, deleted: value })
}
