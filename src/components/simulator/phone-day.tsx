'use client'

import { useFormatter } from 'next-intl'
import type { ReactNode } from 'react'

/** One day of a chat under its date. */
export const PhoneDay = ({ at, children }: { at: number; children: ReactNode }) => {
  const format = useFormatter()
  return (
    <>
      <p className="my-2 justify-self-center text-xs text-faint">
        {format.dateTime(at, { day: 'numeric', month: 'long' })}
      </p>
      {children}
    </>
  )
}
