import { visibleText } from '../../../server/contract/format.ts'
import type { WidgetMessage } from '../../../server/contract/widget.ts'
import { displayLine } from '../../ui/display-text.ts'
import type { ToPage } from '../shared/protocol.ts'

const MAX_PEEK = 160

/** A little of it, for the page: cleaned here, for there it is only put into place. */
export const peekOf = ({ name, content, attachments }: WidgetMessage): ToPage => {
  const said = displayLine(visibleText(content)) || displayLine(attachments[0]?.name ?? '')
  const text = Array.from(said.slice(0, MAX_PEEK)).join('')
  return { peyk: 'peek', name: name && displayLine(name), text: said.length > MAX_PEEK ? `${text}…` : text }
}
