import { z } from 'zod'
import { Tag } from '../../contract/customer.ts'
import { CreateTags, Deleted, FieldErrors, RestError, TagIds, TagName } from '../../contract/rest.ts'
import { changeCustomer, requireCustomer } from '../../core/customers/change.ts'
import { createTags, listTags, removeTags, renameTag, requireTag } from '../../core/tags/tags.ts'
import type { Answer, MemberExchange } from './exchange.ts'
import { idOf, parseBody } from './fields.ts'
import type { Route, RouteDoc } from './route.ts'

const ITEM = '/api/v1/message/tags/{tag_id}/'
const OF_CUSTOMER = '/api/v1/message/customer/{customer_id}/tags/'
const DATA = '/api/v1/message/customer-data/{customer_id}/'
const NotFound = z.object({ error: z.string(), error_code: z.string() })
const CustomerData = z.record(z.string(), z.unknown())

const doc = (summary: string, answers: RouteDoc['answers'], body?: z.ZodType): RouteDoc => ({
  summary,
  tag: 'tags',
  answers,
  ...(body && { body }),
})

/** Tags, the tags of a customer, and what else is kept of one. */
export const tagRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/v1/message/tags',
    scopes: ['read'],
    doc: doc('Tags, without those that platforms set', { 200: z.array(Tag) }),
    run: async ({ ctx }) => ok(await listTags(ctx)),
  },
  {
    method: 'POST',
    path: '/api/v1/message/tags',
    scopes: ['messages'],
    takesList: true,
    doc: doc('Make one tag or several', { 201: z.union([Tag, z.array(Tag)]), 400: FieldErrors }, CreateTags),
    run: create,
  },
  {
    method: 'POST',
    path: '/api/v1/message/tags/bulk-delete/',
    scopes: [],
    doc: doc('Delete several tags', { 200: Deleted, 400: FieldErrors }, TagIds),
    async run({ ctx, body }) {
      const { tag_ids } = parseBody(TagIds, body)
      const deleted_count = await removeTags(ctx, tag_ids)
      return ok({ message: `${deleted_count} tags were deleted`, deleted_count })
    },
  },
  {
    method: 'GET',
    path: ITEM,
    scopes: ['read'],
    doc: doc('One tag', { 200: Tag, 404: NotFound }),
    run: async ({ ctx, params }) => ok(await requireTag(ctx, idOf(params[0], 'Tag'))),
  },
  ...(['PUT', 'PATCH'] as const).map(
    (method): Route => ({
      method,
      path: ITEM,
      scopes: ['messages'],
      doc: doc('Rename a tag', { 200: Tag, 400: FieldErrors, 404: NotFound, 409: RestError }, TagName),
      run: async ({ ctx, params, body }) =>
        ok(await renameTag(ctx, { id: idOf(params[0], 'Tag'), ...parseBody(TagName, body) })),
    }),
  ),
  {
    method: 'DELETE',
    path: ITEM,
    scopes: [],
    doc: doc('Delete a tag', { 204: null, 404: NotFound }),
    async run({ ctx, params }) {
      const { id } = await requireTag(ctx, idOf(params[0], 'Tag'))
      await removeTags(ctx, [id])
      return { status: 204 }
    },
  },
  {
    method: 'GET',
    path: OF_CUSTOMER,
    scopes: ['read'],
    doc: doc('The tags of a customer', { 200: z.array(Tag), 404: NotFound }),
    run: async ({ ctx, params }) => ok((await requireCustomer(ctx, idOf(params[0], 'Customer'))).tags),
  },
  ofCustomer('POST', (held, named) => [...new Set([...held, ...named])]),
  ofCustomer('DELETE', (held, named) => held.filter((id) => !named.includes(id))),
  {
    method: 'GET',
    path: DATA,
    scopes: ['read'],
    doc: doc('What else is kept of a customer', { 200: CustomerData, 404: NotFound }),
    run: async ({ ctx, params }) => ok((await requireCustomer(ctx, idOf(params[0], 'Customer'))).data),
  },
  ...(['PUT', 'PATCH'] as const).map(
    (method): Route => ({
      method,
      path: DATA,
      scopes: ['messages'],
      doc: doc('Replace (PUT) or add to (PATCH) it', { 200: CustomerData, 404: NotFound }, CustomerData),
      run: (exchange) => changeData(exchange, method === 'PATCH'),
    }),
  ),
]

const ok = (body: unknown): Answer => ({ status: 200, body })

async function create({ ctx, body, list }: MemberExchange): Promise<Answer> {
  const input = parseBody(CreateTags, list ?? body)
  if (!Array.isArray(input) && 'name' in input) {
    const [tag] = await createTags(ctx, [input.name])
    return { status: 201, body: tag }
  }
  const names = Array.isArray(input)
    ? input.map((one) => (typeof one === 'string' ? one : one.name))
    : input.names
  return { status: 201, body: await createTags(ctx, names) }
}

function ofCustomer(method: 'POST' | 'DELETE', next: (held: number[], named: number[]) => number[]): Route {
  const summary = method === 'POST' ? 'Give a customer tags' : 'Take tags from a customer'
  return {
    method,
    path: OF_CUSTOMER,
    scopes: ['messages'],
    doc: doc(summary, { 200: z.array(Tag), 400: FieldErrors, 404: NotFound }, TagIds),
    async run({ ctx, params, body }) {
      const { tag_ids } = parseBody(TagIds, body)
      const { id, tags } = await requireCustomer(ctx, idOf(params[0], 'Customer'))
      const tagIds = next(
        tags.map((tag) => tag.id),
        tag_ids,
      )
      return ok((await changeCustomer(ctx, { customerId: id, fields: {}, tagIds })).tags)
    },
  }
}

async function changeData({ ctx, params, body }: MemberExchange, isAdded: boolean): Promise<Answer> {
  const { id, data: held } = await requireCustomer(ctx, idOf(params[0], 'Customer'))
  const data = isAdded ? { ...held, ...body } : body
  return ok((await changeCustomer(ctx, { customerId: id, fields: { data }, tagIds: null })).data)
}
