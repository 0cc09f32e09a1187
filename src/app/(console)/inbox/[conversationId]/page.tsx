import { requireSession } from '../../../_auth/session.ts'

interface Props {
  params: Promise<{ conversationId: string }>
}

export default async function ConversationPage({ params }: Props) {
  await requireSession(`/inbox/${(await params).conversationId}`)
  return null
}
