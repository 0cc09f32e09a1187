'use client'

import { LogOut } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { postSignOut } from '../auth/post-auth.ts'
import { Button } from '../ui/button.tsx'

export const SignOutButton = () => {
  const t = useTranslations('settings.profile')
  const errors = useTranslations('errors')
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle')
  const signOut = async () => {
    setState('busy')
    const { ok } = await postSignOut()
    if (ok) window.location.assign('/login')
    if (!ok) setState('failed')
  }
  return (
    <div className="grid justify-items-end gap-1">
      <Button busy={state === 'busy'} onClick={signOut}>
        <LogOut size={16} aria-hidden className="mirror" />
        {state === 'busy' ? t('signingOut') : t('signOut')}
      </Button>
      {state === 'failed' && (
        <p role="alert" className="text-sm text-anar-ink">
          {errors('offline')}
        </p>
      )}
    </div>
  )
}
