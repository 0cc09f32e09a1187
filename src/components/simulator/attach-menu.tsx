'use client'

import {
  AtSign,
  AudioLines,
  CircleDashed,
  CircleDot,
  Clapperboard,
  Contact,
  Eye,
  FileText,
  Image,
  Images,
  MapPin,
  Mic,
  Plus,
  Share2,
  Sticker,
  Upload,
  Video,
} from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ComponentType, useRef } from 'react'
import type { SimulatedPlatform, SimulatorAct } from '../../server/contract/simulator.ts'
import { Menu, MenuItem, MenuLine } from '../ui/menu.tsx'
import { usePhoneActions } from './phone-actions.ts'

type Kind = Parameters<ReturnType<typeof useTranslations<'simulator.phone.kinds'>>>[0]
interface Thing {
  name: Kind
  Icon: ComponentType<{ size: number }>
  act: SimulatorAct
}

const media = (kind: Extract<SimulatorAct, { do: 'media' }>['kind'], Icon: Thing['Icon']): Thing => ({
  name: kind,
  Icon,
  act: { do: 'media', kind },
})
const OTHER: Thing = { name: 'other', Icon: CircleDashed, act: { do: 'other' } }
const ALBUM: Thing = { name: 'album', Icon: Images, act: { do: 'album', files: [] } }

const THINGS: Record<SimulatedPlatform, Thing[]> = {
  telegram: [
    media('photo', Image),
    ALBUM,
    media('voice', Mic),
    media('audio', AudioLines),
    media('video', Video),
    media('round_video', CircleDot),
    media('sticker', Sticker),
    media('document', FileText),
    { name: 'location', Icon: MapPin, act: { do: 'location' } },
    { name: 'contact', Icon: Contact, act: { do: 'contact' } },
    OTHER,
  ],
  instagram: [
    media('photo', Image),
    ALBUM,
    media('voice', Mic),
    media('video', Video),
    media('sticker', Sticker),
    media('document', FileText),
    { name: 'story_reply', Icon: Eye, act: { do: 'story_reply', text: '😍' } },
    { name: 'story_mention', Icon: AtSign, act: { do: 'story_mention' } },
    { name: 'share', Icon: Share2, act: { do: 'share' } },
    { name: 'reel', Icon: Clapperboard, act: { do: 'reel' } },
    OTHER,
  ],
}

/** Everything but words: ready-made things, and files of one's own. */
export const AttachMenu = () => {
  const t = useTranslations('simulator.phone')
  const input = useRef<HTMLInputElement>(null)
  const { platform, act, sendFiles } = usePhoneActions()
  return (
    <>
      <Menu
        side="top"
        align="start"
        trigger={
          <button
            type="button"
            aria-label={t('attach')}
            className="grid size-11 shrink-0 place-items-center rounded-full text-dim hover:bg-hover hover:text-ink"
          >
            <Plus size={21} aria-hidden />
          </button>
        }
      >
        {THINGS[platform].map(({ name, Icon, act: what }) => (
          <MenuItem key={name} icon={<Icon size={17} />} onSelect={() => act(what)}>
            {t(`kinds.${name}`)}
          </MenuItem>
        ))}
        <MenuLine />
        <MenuItem icon={<Upload size={17} />} onSelect={() => input.current?.click()}>
          {t('upload')}
        </MenuItem>
      </Menu>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('upload')}
        onChange={({ target }) => {
          if (target.files?.length) sendFiles([...target.files])
          target.value = ''
        }}
      />
    </>
  )
}
