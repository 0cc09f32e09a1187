import { describe, expect, it } from 'vitest'
import type { CustomerFilter } from '../../contract/filters.ts'
import { type OpenStores, openChannel, openDraft, openWorkspace, said, storesOf } from './stores.testing.ts'

const BY_NAME: CustomerFilter = { order: { by: 'first_name', isDescending: false } }

/** What every store of customers promises. */
export function describeCustomers(open: OpenStores) {
  const opened = storesOf(open)
  /** A workspace whose customers, Ada, Bea and Cyd, have a conversation each; Bea wrote. */
  const openShop = async () => {
    const { stores } = opened()
    const workspace = await openWorkspace(stores)
    const { id: channelId } = await openChannel(stores, workspace.id)
    const people: Record<string, { id: number; conversationId: string }> = {}
    for (const firstName of ['Ada', 'Bea', 'Cyd']) {
      const draft = openDraft({ workspaceId: workspace.id, channelId, firstName, lastName: 'Lee' })
      const { conversation } = await stores.journal.append(draft)
      people[firstName] = { id: conversation.customerId, conversationId: conversation.id }
    }
    const bea = { workspace, conversation: { id: people.Bea?.conversationId ?? '' } }
    await stores.journal.appendMessage(said(bea))
    const fields = {
      email: 'ada@example.com',
      phone_number: '0912',
      description: 'a friend',
      data: { plan: 1 },
    }
    const ada = { workspaceIds: [workspace.id], customerId: people.Ada?.id ?? 0 }
    await stores.journal.amend({ kind: 'customer', ...ada, fields, tagIds: [] })
    const names = async (filter: Partial<CustomerFilter>) => {
      const page = { offset: 0, limit: 10 }
      const { rows } = await stores.customers.page([workspace.id], { ...BY_NAME, ...filter }, page)
      return rows.map((row) => row.firstName)
    }
    return { workspace, people, names, idOf: (name: string) => people[name]?.id ?? 0 }
  }

  it('finds a customer with what is known of them, in its own workspaces alone', async () => {
    const { customers } = opened().stores
    const { workspace, idOf } = await openShop()
    const ada = {
      firstName: 'Ada',
      email: 'ada@example.com',
      phoneNumber: '0912',
      data: { plan: 1 },
      tags: [],
    }
    expect(await customers.find([workspace.id], idOf('Ada'))).toMatchObject({
      ...ada,
      workspaceId: workspace.id,
    })
    expect(await customers.find([workspace.id + 1_000_000], idOf('Ada'))).toBeNull()
  })

  it.each<[string, Partial<CustomerFilter>, string[]]>([
    ['all, by name', {}, ['Ada', 'Bea', 'Cyd']],
    ['all, backwards', { order: { by: 'first_name', isDescending: true } }, ['Cyd', 'Bea', 'Ada']],
    ['a part of a name in any case', { search: 'EA LE' }, ['Bea']],
    ['no wildcard', { search: 'B%a' }, []],
    ['a description only on REST', { search: 'friend', searchIn: 'rest' }, ['Ada']],
    ['no description on the socket', { search: 'friend', searchIn: 'socket' }, []],
    ['an address', { email: 'ada@example.com' }, ['Ada']],
    ['those without an address', { hasEmail: false }, ['Bea', 'Cyd']],
    ['those with a number', { hasPhone: true }, ['Ada']],
    ['those who wait for an answer', { hasUnread: true }, ['Bea']],
    ['a tag', { tags: ['Telegram', 'vip'] }, ['Bea', 'Cyd']],
    ['a platform', { source: 'instagram' }, []],
    ['a status', { conversationStatus: 'support_active' }, ['Ada', 'Bea', 'Cyd']],
    ['another status', { conversationStatus: 'closed' }, []],
    ['a time', { createdFrom: '2020-01-01T00:00:00.000Z', createdTo: '2021-01-01T00:00:00.000Z' }, []],
  ])('pages those who match: %s', async (_, filter, names) => {
    const shop = await openShop()
    expect(await shop.names(filter)).toEqual(names)
  })

  describe('a page', () => {
    it('counts all, and neither repeats nor leaves out', async () => {
      const { customers } = opened().stores
      const { workspace } = await openShop()
      const page = (offset: number) => customers.page([workspace.id], BY_NAME, { offset, limit: 2 })
      const [first, second] = [await page(0), await page(2)]
      expect([...first.rows, ...second.rows].map(({ firstName }) => firstName)).toEqual(['Ada', 'Bea', 'Cyd'])
      expect([first.total, second.total]).toEqual([3, 3])
    })

    it('shows nobody who has no conversation', async () => {
      const { workspace, people, names } = await openShop()
      const conversationId = people.Cyd?.conversationId ?? ''
      await opened().stores.journal.amend({ kind: 'delete', workspaceIds: [workspace.id], conversationId })
      expect(await names({})).toEqual(['Ada', 'Bea'])
    })
  })

  it('tells those asked for by id, above a place, with whose they are', async () => {
    const { customers } = opened().stores
    const { workspace, idOf } = await openShop()
    const ids = async (asked: number[] | null, after: number) => {
      const which = { filter: BY_NAME, ids: asked }
      const found = await customers.batch([workspace.id], which, { after, limit: 2 })
      for (const customer of found)
        expect(customer).toEqual(await customers.find([workspace.id], customer.id))
      return found.map(({ id }) => id)
    }
    expect(await ids(null, 0)).toEqual([idOf('Ada'), idOf('Bea')])
    expect(await ids(null, idOf('Bea'))).toEqual([idOf('Cyd')])
    expect(await ids([idOf('Cyd'), 999_999_999], 0)).toEqual([idOf('Cyd')])
  })

  it('tells what occurs, and whose conversations are whose', async () => {
    const { customers } = opened().stores
    const { workspace, people, idOf } = await openShop()
    const occurring = { sources: ['telegram'], tags: ['Telegram'], conversationStatuses: ['support_active'] }
    expect(await customers.options([workspace.id])).toEqual(occurring)
    const found = await customers.conversationsOf([workspace.id], [idOf('Ada'), 999_999_999], 5)
    expect(found.get(idOf('Ada'))).toMatchObject([{ id: people.Ada?.conversationId }])
    expect(found.get(999_999_999)).toEqual([])
  })
}
