import { FIELDS } from '../webhooks/items.ts'
import type { Answer, Call } from './call.ts'
import { parseFields, pick } from './fields.ts'
import { badParameter, graphError } from './graph-error.ts'

export function readAccount({ world, account, params }: Call): Answer {
  const values = {
    id: account.appScopedId,
    user_id: account.id,
    username: account.username,
    name: account.name,
    account_type: 'BUSINESS',
    profile_picture_url: world.media.link(world.portraitOf(account.id)),
    followers_count: 0,
    follows_count: 0,
    media_count: 0,
  }
  return { body: pick(values, parseFields(params.text('fields') || 'id'), 'InstagramUser') }
}

export function subscribe({ account, params }: Call): Answer {
  const asked = params.names('subscribed_fields')
  if (asked.length === 0) throw badParameter('The parameter subscribed_fields is required.')
  const known: readonly string[] = FIELDS
  const wrong = asked.findIndex((field) => !known.includes(field))
  if (wrong >= 0) {
    throw badParameter(`Param subscribed_fields[${wrong}] must be one of {${FIELDS.join(', ')}}`)
  }
  account.subscribedFields = [...new Set(asked)]
  return { body: { success: true } }
}

export function listSubscriptions({ world, account }: Call): Answer {
  const { subscribedFields } = account
  const data = subscribedFields === null ? [] : [{ id: world.app.id, subscribed_fields: subscribedFields }]
  return { body: { data } }
}

export function unsubscribe({ account }: Call): Answer {
  account.subscribedFields = null
  return { body: { success: true } }
}

export function readProfile({ account, params, target, world }: Call): Answer {
  const thread = account.getThread(target.id)
  const { customer } = thread
  if (customer.profile === 'no_consent' || thread.lastCustomerMessageMs === null) throw graphError(230)
  if (customer.profile === 'unavailable') throw graphError(100)
  const values = {
    id: thread.igsid,
    name: customer.name,
    username: customer.username,
    profile_pic: world.media.link(world.portraitOf(customer.id)),
    follower_count: 0,
    is_user_follow_business: false,
    is_business_follow_user: false,
    is_verified_user: false,
  }
  return { body: pick(values, parseFields(params.text('fields') || 'name,username'), 'IGBusinessScopedID') }
}
