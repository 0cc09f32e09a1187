'use client'

import { DoctorDialog } from '../../../../components/settings/doctor-dialog.tsx'
import type { Channel } from '../../../../server/contract/channel.ts'
import type { Remedy } from '../../../../server/contract/channel-health.ts'
import { useDoctor } from './use-doctor.ts'

interface Props {
  channel: Channel
  canManage: boolean
  onReconnect: () => void
  onSettings: () => void
  onClose: () => void
}

/** The doctor of one channel. What takes something of the person opens where it is given. */
export const Doctor = ({ channel, canManage, onReconnect, onSettings, onClose }: Props) => {
  const { look, repair, ...found } = useDoctor(channel.id)
  const onRemedy = (remedy: Remedy) => {
    if (remedy === 'reconnect') onReconnect()
    else if (remedy === 'name_origins') onSettings()
    else repair(remedy)
  }
  return (
    <DoctorDialog
      channel={channel}
      canManage={canManage}
      onLook={look}
      onRemedy={onRemedy}
      onClose={onClose}
      {...found}
    />
  )
}
