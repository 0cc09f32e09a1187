import { redirect } from 'next/navigation'
import { HOME } from './_auth/safe-next.ts'

export default function Page() {
  redirect(HOME)
}
