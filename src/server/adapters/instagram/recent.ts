import { z } from 'zod'
import type { StoredChannel } from '../../core/ports/channels.ts'
import type { PlatformItem } from '../../core/ports/platform.ts'
import { accepted } from './account.ts'
import { callGraph, type GraphTarget } from './client.ts'

/** Conversations looked at, the newest first, and messages in each: Instagram tells the words of no more. */
const CONVERSATIONS = 40
const MESSAGES = 20
const FIELDS = `messages.limit(${MESSAGES}){id,created_time,from,to,message,attachments}`

const Person = z.object({ id: z.string(), username: z.string().optional() })
const Link = z.object({ url: z.string() })
const File = z.object({
  image_data: Link.optional(),
  video_data: Link.optional(),
  file_url: z.string().optional(),
})
const Message = z.object({
  id: z.string(),
  created_time: z.string(),
  from: Person,
  to: z.object({ data: z.array(Person).min(1) }),
  message: z.string().default(''),
  attachments: z.object({ data: z.array(File) }).optional(),
})
type Message = z.infer<typeof Message>
const Conversations = z.object({
  data: z.array(z.object({ messages: z.object({ data: z.array(z.unknown()) }).optional() })),
})

interface Asked {
  version: string
  channel: StoredChannel
  since: number
}

/** What was written since an instant, in the envelopes in which webhooks would have brought it, the oldest first. */
export async function readRecent(
  target: GraphTarget,
  { version, channel, since }: Asked,
): Promise<PlatformItem[]> {
  const query = { platform: 'instagram', limit: String(CONVERSATIONS), fields: FIELDS }
  const call = { method: 'GET' as const, path: `/${version}/me/conversations`, query }
  const body = accepted(await callGraph(target, call), 'to tell what was written')
  const conversations = Conversations.safeParse(body).data?.data ?? []
  return conversations
    .flatMap(({ messages }) => messages?.data ?? [])
    .flatMap((one) => Message.safeParse(one).data ?? [])
    .filter(({ created_time }) => Date.parse(created_time) > since)
    .sort((a, b) => Date.parse(a.created_time) - Date.parse(b.created_time))
    .map((message) => itemOf(channel, message))
}

function itemOf({ externalId, username }: StoredChannel, message: Message): PlatformItem {
  const { id: mid, created_time, from, to, message: text } = message
  const timestamp = Date.parse(created_time)
  // The account has two ids, and its name tells it where the other one is given.
  const isOwn = from.id === externalId || (from.username !== undefined && from.username === username)
  const customer = isOwn ? to.data[0]?.id : from.id
  const attachments = (message.attachments?.data ?? []).flatMap(attachmentOf)
  const said = {
    mid,
    ...(text !== '' && { text }),
    ...(attachments.length > 0 && { attachments }),
    ...(text === '' && attachments.length === 0 && { is_unsupported: true }),
    ...(isOwn && { is_echo: true }),
  }
  const [sender, recipient] = isOwn ? [externalId, customer] : [customer, externalId]
  const item = { sender: { id: sender }, recipient: { id: recipient }, timestamp, message: said }
  const raw = JSON.stringify({
    object: 'instagram',
    entry: [{ id: externalId, time: timestamp, messaging: [item] }],
  })
  return { account: externalId, raw }
}

/** Of what is neither picture nor film nobody says whether it is a voice. */
function attachmentOf({ image_data, video_data, file_url }: z.infer<typeof File>) {
  if (image_data) return [{ type: 'image', payload: image_data }]
  if (video_data) return [{ type: 'video', payload: video_data }]
  return file_url === undefined ? [] : [{ type: 'file', payload: { url: file_url } }]
}
