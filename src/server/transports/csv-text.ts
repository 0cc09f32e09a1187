import { stringify } from 'csv-stringify'

// A spreadsheet runs a cell that begins with =, +, -, @, a tab or a line end: a customer's name must stay a name.
/** Rows as CSV, written out as they come. */
export async function* toCsv(rows: AsyncIterable<object>, columns: string[]): AsyncGenerator<string> {
  const csv = stringify({ header: true, columns, bom: true, escape_formulas: true })
  const writing = (async () => {
    for await (const row of rows) {
      if (!csv.write(row)) await new Promise((resolve) => csv.once('drain', resolve))
    }
    csv.end()
  })().catch((error) => csv.destroy(error instanceof Error ? error : new Error(String(error))))
  for await (const chunk of csv) yield String(chunk)
  await writing
}
