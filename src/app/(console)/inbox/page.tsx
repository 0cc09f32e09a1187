import { requireSession } from '../../_auth/session.ts'

export default async function InboxPage() {
  await requireSession('/inbox')
  return null
}
