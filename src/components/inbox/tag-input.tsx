'use client'

import { Plus, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useId, useState } from 'react'
import type { Tag } from '../../server/contract/customer.ts'
import { hueOf } from '../ui/avatar.tsx'
import { cx } from '../ui/cx.ts'
import { displayLine, isolated } from '../ui/display-text.ts'
import { autoDir, INPUT } from '../ui/field.tsx'
import { type ChosenTag, suggestionsFor } from './tag-choice.ts'

interface Props {
  chosen: readonly ChosenTag[]
  known: readonly Tag[]
  /** What is being typed. */
  text: string
  onText: (text: string) => void
  /** What is the matter, said below. */
  note: string | null
  onChange: (chosen: ChosenTag[]) => void
}

/** The tags of a customer: found or made by typing, taken off one by one. */
export const TagInput = ({ chosen, known, text, note, onText, onChange }: Props) => {
  const t = useTranslations('inbox.edit')
  const id = useId()
  const [isOpen, setIsOpen] = useState(false)
  const [marked, setMarked] = useState(0)
  const options = suggestionsFor(text, known, chosen)
  const active = Math.min(marked, options.length - 1)
  const isListed = isOpen && options.length > 0

  const add = (tag: ChosenTag | undefined) => {
    if (tag) onChange([...chosen, tag])
    onText('')
    setMarked(0)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Backspace' && text === '') onChange(chosen.slice(0, -1))
    if (event.key === 'Escape') setIsOpen(false)
    if (event.key === 'Enter') {
      event.preventDefault()
      if (isListed) add(options[active])
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!step) return
    event.preventDefault()
    setIsOpen(true)
    setMarked(isListed ? (active + step + options.length) % options.length : 0)
  }
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-sm font-medium text-dim">
        {t('tags')}
      </label>
      {chosen.length > 0 && (
        <ul aria-label={t('tags')} className="flex flex-wrap gap-1.5">
          {chosen.map((tag) => (
            <Chip
              key={tag.name}
              name={tag.name}
              onRemove={() => onChange(chosen.filter((one) => one !== tag))}
            />
          ))}
        </ul>
      )}
      <div className="relative">
        <input
          id={id}
          role="combobox"
          aria-expanded={isListed}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={isListed ? `${id}-${active}` : undefined}
          aria-describedby={`${id}-note`}
          autoComplete="off"
          dir={autoDir(text)}
          placeholder={t('tagsPlaceholder')}
          value={text}
          onChange={(event) => {
            onText(event.target.value)
            setIsOpen(true)
            setMarked(0)
          }}
          onKeyDown={onKeyDown}
          onClick={() => setIsOpen(true)}
          onBlur={() => setIsOpen(false)}
          className={cx(INPUT, 'h-10 border-edge/60 coarse:h-11')}
        />
        {isListed && <Options id={id} options={options} active={active} onPick={add} />}
      </div>
      <p id={`${id}-note`} className="text-xs text-dim">
        {note ?? t('tagsHelp')}
      </p>
    </div>
  )
}

interface OptionsProps {
  id: string
  options: readonly ChosenTag[]
  active: number
  onPick: (tag: ChosenTag) => void
}

// The focus stays in the input, which says by its aria-activedescendant where one is.
const Options = ({ id, options, active, onPick }: OptionsProps) => {
  const t = useTranslations('inbox.edit')
  return (
    <div
      id={`${id}-list`}
      role="listbox"
      aria-label={t('tagSuggestions')}
      className="absolute inset-x-0 inset-bs-full z-10 mt-1 max-h-60 overflow-y-auto rounded-card border border-line bg-raised p-1.25 shadow-float"
    >
      {options.map((tag, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the input's.
        <div
          key={tag.id ?? 'new'}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onPick(tag)}
          className={cx(
            'flex min-h-8.5 cursor-pointer items-center gap-2 rounded-lg px-2.5 py-1 hover:bg-hover coarse:min-h-11',
            index === active && 'bg-hover',
          )}
        >
          {tag.id === null && <Plus aria-hidden size={15} className="shrink-0 text-dim" />}
          <span className="one-line">
            {tag.id === null ? (
              t('createTag', { name: isolated(tag.name) })
            ) : (
              <bdi>{displayLine(tag.name)}</bdi>
            )}
          </span>
        </div>
      ))}
    </div>
  )
}

const Chip = ({ name, onRemove }: { name: string; onRemove: () => void }) => {
  const t = useTranslations('inbox.edit')
  const shown = displayLine(name)
  return (
    <li
      data-hue={hueOf(shown)}
      className="hued-soft flex max-w-full items-center rounded-lg ps-2.5 text-xs font-medium"
    >
      <bdi className="one-line">{shown}</bdi>
      <button
        type="button"
        aria-label={t('removeTag', { name: shown })}
        onClick={onRemove}
        className="grid size-6.5 shrink-0 place-items-center rounded-lg opacity-75 hover:opacity-100 coarse:size-9"
      >
        <X aria-hidden size={13} />
      </button>
    </li>
  )
}
