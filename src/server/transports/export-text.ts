import type { ExportPart } from '../core/customers/export.ts'

/** The headers of a file that a browser keeps and never opens by itself. */
export const fileHeaders = (name: string, type: string): Record<string, string> => ({
  'content-type': type,
  'content-disposition': `attachment; filename="${name}"`,
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
})

export const exportFileName = (customerId: number): string => `customer-${customerId}.json`

/** An export as one JSON document, written out as its parts come. */
export async function* toExportText(parts: AsyncIterable<ExportPart>): AsyncGenerator<string> {
  const end = { conversation: '', messages: '' }
  for await (const part of parts) {
    if (part.kind === 'head') yield `${opened(part.head)},"conversations":[`
    if (part.kind === 'conversation') {
      yield `${end.conversation}${opened(part.conversation)},"messages":[`
      Object.assign(end, { conversation: ']},', messages: '' })
    }
    if (part.kind !== 'messages') continue
    yield end.messages + part.messages.map((message) => JSON.stringify(message)).join(',')
    end.messages = ','
  }
  yield end.conversation === '' ? ']}' : ']}]}'
}

/** An object to which more is added. */
const opened = (value: object): string => JSON.stringify(value).slice(0, -1)
