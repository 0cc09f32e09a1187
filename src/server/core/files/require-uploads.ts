import type { Attachment } from '../../contract/attachment.ts'
import { DomainError } from '../errors.ts'
import type { Ports } from '../ports.ts'

interface Place {
  workspaceId: number
  conversationId: string
  uploader: string
}

/**
 * The sender's own files of this conversation, each once, in the order asked for. Whether they were sent before is for the
 * store to say: a repeated message is no mistake. Errors: not_found.
 */
export async function requireUploads(
  { attachments }: Pick<Ports, 'attachments'>,
  { workspaceId, conversationId, uploader }: Place,
  ids: string[],
): Promise<Attachment[]> {
  if (ids.length === 0) return []
  const found = await attachments.list([workspaceId], ids)
  return [...new Set(ids)].map((id) => {
    const one = found.find((file) => file.id === id)
    const isTheirs = one?.conversationId === conversationId && one.uploader === uploader
    if (!isTheirs || one.state !== 'ready') throw new DomainError('not_found', 'There is no such file')
    const { workspaceId: _, conversationId: __, messageId: ___, uploader: ____, ...attachment } = one
    return attachment
  })
}
