import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { authOptions } from '../../../_auth/auth-options.ts'
import { unwrapDefault } from '../../../_auth/interop.ts'

const answer = unwrapDefault(NextAuth)

// next-auth writes what a query says into the address that it leads to, where such characters are none.
const UNWRITABLE = /[^\x20-\x7e]/

// Its options are read from the running server, which a build is not.
const handler = (request: NextRequest, context: { params: Promise<{ nextauth: string[] }> }) =>
  UNWRITABLE.test([...request.nextUrl.searchParams.values()].join(''))
    ? new Response(null, { status: 400 })
    : answer(request, context, authOptions())

export { handler as GET, handler as POST }
