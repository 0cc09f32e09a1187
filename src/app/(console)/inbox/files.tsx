'use client'

import { useEffect } from 'react'
import { AttachmentView } from '../../../components/chat/attachment-view.tsx'
import type { Attachment } from '../../../server/contract/attachment.ts'
import { useConsole } from '../../_client/console-provider.tsx'
import { useStore } from '../../_client/store.ts'

const RENEW_MS = 60_000

/** The files of a message, with their addresses for as long as they are on the screen. */
export const Files = ({ attachments }: { attachments: readonly Attachment[] }) => {
  const { fileLinks } = useConsole()
  const held = useStore(fileLinks.held, (links) => links)
  useEffect(() => {
    const ids = attachments.filter(({ state }) => state === 'ready').map(({ id }) => id)
    const want = () => fileLinks.want(ids)
    want()
    const timer = setInterval(want, RENEW_MS)
    return () => clearInterval(timer)
  }, [fileLinks, attachments])
  return attachments.map((attachment) => (
    <AttachmentView key={attachment.id} attachment={attachment} link={held.get(attachment.id)} />
  ))
}
