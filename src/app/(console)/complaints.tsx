'use client'

import { type ComponentType, useEffect, useState } from 'react'
import type { ToasterProps } from 'sonner'
import { onComplaint } from './complain.ts'

/** The place where complaints are shown. Most days there is none, so it is loaded with the first. */
export const Complaints = () => {
  const [Toaster, setToaster] = useState<ComponentType<ToasterProps> | null>(null)
  useEffect(
    () =>
      onComplaint((sentence) => {
        void import('sonner').then((sonner) => {
          setToaster(() => sonner.Toaster)
          sonner.toast.error(sentence)
        })
      }),
    [],
  )
  return Toaster && <Toaster position="bottom-center" toastOptions={{ className: 'font-sans' }} />
}
