import { z } from 'zod'
import { Customer, UpdateCustomer } from '../../contract/customer.ts'
import { IntId } from '../../contract/ids.ts'
import { changeCustomer } from '../../core/customers/change.ts'
import { eraseCustomer } from '../../core/customers/erase.ts'
import { atWork, procedure, router } from './trpc.ts'

export const customers = router({
  erase: procedure
    .input(z.object({ customerId: IntId }))
    .output(z.object({ messages: z.number().int() }))
    .mutation(({ ctx, input }) => eraseCustomer(atWork(ctx.core), input)),
  update: procedure
    .input(UpdateCustomer)
    .output(Customer)
    .mutation(({ ctx, input: { customerId, tagIds = null, ...input } }) => {
      const { firstName, lastName, email, phoneNumber, description } = input
      const named = {
        first_name: firstName,
        last_name: lastName,
        email,
        phone_number: phoneNumber,
        description,
      }
      const fields = Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined))
      return changeCustomer(atWork(ctx.core), { customerId, fields, tagIds })
    }),
})
