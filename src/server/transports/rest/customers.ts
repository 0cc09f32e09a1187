import { z } from 'zod'
import { CustomerExport } from '../../contract/export.ts'
import { parseCustomerQuery } from '../../contract/filters.ts'
import { RestCustomer } from '../../contract/legacy.ts'
import { toRestCustomer } from '../../contract/legacy-shapes.ts'
import {
  ChangeCustomer,
  CustomerSelection,
  Deleted,
  Erased,
  FieldErrors,
  paged,
  RestError,
} from '../../contract/rest.ts'
import { deleteCustomers, exportCustomers, type Selection } from '../../core/customers/bulk.ts'
import { changeCustomer, deleteCustomer, requireCustomer } from '../../core/customers/change.ts'
import { eraseCustomer } from '../../core/customers/erase.ts'
import { exportCustomer } from '../../core/customers/export.ts'
import { pageCustomers } from '../../core/customers/page.ts'
import { isDomainError } from '../../core/errors.ts'
import type { CustomerRecord } from '../../core/ports/customers.ts'
import { toCsv } from '../csv-text.ts'
import { exportFileName, fileHeaders, toExportText } from '../export-text.ts'
import { type Answer, type MemberExchange, Refusal } from './exchange.ts'
import { parseBody } from './fields.ts'
import { answerPage, PAGING_QUERY } from './paging.ts'
import type { Route } from './route.ts'

const ITEM = '/api/v1/message/customer-item/{customer_id}/'
const NotFound = z.object({ error: z.string() })
const NOT_FOUND = new Refusal({ status: 404, body: { error: 'Customer not found' } })
const FILTERS = {
  search: 'Text to be found in names, phone number or description',
  ordering: '`created_at` or `updated_at`, with `-` the other way round',
  source: 'Source',
  email: 'The exact address',
  tag__name: 'Name of a tag',
  created_at: 'The exact instant',
  updated_at: 'The exact instant',
}

/** `message/customer…`: section 5.3 of the legacy contract. */
export const customerRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/v1/message/customers',
    scopes: ['read'],
    doc: {
      summary: 'Customers by page',
      tag: 'customers',
      query: { ...PAGING_QUERY, ...FILTERS },
      answers: { 200: paged(RestCustomer), 404: z.object({ detail: z.string() }) },
    },
    run: (exchange) =>
      answerPage(exchange, (page) => pageCustomers(exchange.ctx, filterOf(exchange), page), toRestCustomer),
  },
  {
    method: 'GET',
    path: ITEM,
    scopes: ['read'],
    doc: { summary: 'One customer', tag: 'customers', answers: { 200: RestCustomer, 404: NotFound } },
    run: async ({ ctx, params }) => ok(await requireCustomer(ctx, idOf(params[0]))),
  },
  changeRoute('PUT'),
  changeRoute('PATCH'),
  {
    method: 'DELETE',
    path: ITEM,
    scopes: [],
    doc: {
      summary: 'Delete a customer with all conversations and messages',
      tag: 'customers',
      answers: { 204: null, 403: RestError, 404: NotFound },
    },
    async run({ ctx, params }) {
      await deleteCustomer(ctx, { customerId: idOf(params[0]) }).catch(asNotFound)
      return { status: 204 }
    },
  },
  {
    method: 'GET',
    path: '/api/v1/customers/{customer_id}/export/',
    scopes: [],
    doc: {
      summary: 'Everything that is kept of one customer, as a file',
      tag: 'customers',
      answers: { 200: CustomerExport, 403: RestError, 404: NotFound },
    },
    async run({ ctx, params }) {
      const customerId = idOf(params[0])
      const parts = await exportCustomer(ctx, { customerId }).catch(asNotFound)
      const headers = fileHeaders(exportFileName(customerId), 'application/json')
      return { status: 200, headers, stream: toExportText(parts) }
    },
  },
  {
    method: 'POST',
    path: '/api/v1/customers/{customer_id}/erase/',
    scopes: [],
    doc: {
      summary: 'Erase a customer: who they are and what was said goes, that something was said stays',
      tag: 'customers',
      answers: { 200: Erased, 403: RestError, 404: NotFound },
    },
    async run({ ctx, params }) {
      const { messages } = await eraseCustomer(ctx, { customerId: idOf(params[0]) }).catch(asNotFound)
      return { status: 200, body: { erased_messages: messages } }
    },
  },
  {
    method: 'POST',
    path: '/api/v1/message/customers/bulk-delete/',
    scopes: [],
    doc: {
      summary: 'Delete several customers; all that match the query only with `all: true`',
      tag: 'customers',
      query: FILTERS,
      body: CustomerSelection,
      answers: { 200: Deleted, 400: RestError, 403: RestError },
    },
    run: bulkDelete,
  },
  {
    method: 'POST',
    path: '/api/v1/message/customers/bulk-export/',
    scopes: ['read'],
    doc: {
      summary: 'Several customers as CSV; without ids all that match the query',
      tag: 'customers',
      query: FILTERS,
      body: CustomerSelection.omit({ all: true }),
      answers: { 200: z.string(), 400: NotFound },
      contentType: 'text/csv',
    },
    run: bulkExport,
  },
]

const ok = (customer: CustomerRecord): Answer => ({ status: 200, body: toRestCustomer(customer) })

const idOf = (part: string | undefined): number => {
  if (!part || !/^\d{1,9}$/.test(part)) throw NOT_FOUND
  return Number(part)
}

const asNotFound = (error: unknown): never => {
  throw isDomainError(error) && error.code === 'not_found' ? NOT_FOUND : error
}

const filterOf = ({ query }: MemberExchange) => parseCustomerQuery(Object.fromEntries(query))

function changeRoute(method: 'PUT' | 'PATCH'): Route {
  return {
    method,
    path: ITEM,
    scopes: ['messages'],
    doc: {
      summary: 'Change a customer: what is not named stays',
      tag: 'customers',
      body: ChangeCustomer,
      answers: { 200: RestCustomer, 400: FieldErrors, 404: NotFound },
    },
    run: change,
  }
}

async function change({ ctx, params, body }: MemberExchange): Promise<Answer> {
  const customerId = idOf(params[0])
  await requireCustomer(ctx, customerId).catch(asNotFound)
  const { tag_ids, tag, ...fields } = parseBody(ChangeCustomer, body)
  const tagIds = tag_ids ?? tag ?? null
  const changed = await changeCustomer(ctx, { customerId, fields, tagIds }).catch((error: unknown) => {
    if (!isDomainError(error) || error.code !== 'invalid_input') return asNotFound(error)
    throw new Refusal({ status: 400, body: { [String(error.cause)]: [error.message] } })
  })
  return ok(changed)
}

function selectionOf(exchange: MemberExchange): (Selection & { isAll: boolean }) | null {
  const { customer_ids: ids, all } = parseBody(CustomerSelection, exchange.body)
  const filter = filterOf(exchange)
  return filter && { filter, ids: ids.length > 0 ? ids : null, isAll: all }
}

async function bulkDelete(exchange: MemberExchange): Promise<Answer> {
  const selection = selectionOf(exchange)
  if (selection?.ids === null && !selection.isAll)
    throw new Refusal({
      status: 400,
      body: { error: 'Name the customers, or send "all": true', error_code: 'NOTHING_SELECTED' },
    })
  const deleted_count = selection ? await deleteCustomers(exchange.ctx, selection) : 0
  return { status: 200, body: { message: `${deleted_count} customers were deleted`, deleted_count } }
}

const COLUMNS = [
  'id',
  'first_name',
  'last_name',
  'username',
  'email',
  'phone_number',
  'description',
  'source',
  'source_id',
  'tags',
  'created_at',
  'updated_at',
]

async function bulkExport(exchange: MemberExchange): Promise<Answer> {
  const selection = selectionOf(exchange)
  const groups = selection ? exportCustomers(exchange.ctx, selection) : null
  const first = groups ? await groups.next() : null
  if (!groups || !first || first.done || first.value.length === 0)
    throw new Refusal({ status: 400, body: { error: 'No customers found matching the criteria' } })
  const rows = exportRows(first.value, groups)
  return {
    status: 200,
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="customers.csv"',
    },
    stream: toCsv(rows, COLUMNS),
  }
}

async function* exportRows(first: CustomerRecord[], rest: AsyncGenerator<CustomerRecord[]>) {
  yield* first.map(toExportRow)
  for await (const group of rest) yield* group.map(toExportRow)
}

const toExportRow = (customer: CustomerRecord) => {
  const { tag, ...row } = toRestCustomer(customer)
  return { ...row, tags: tag.map(({ name }) => name).join('; ') }
}
