import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { authOptions } from '../../../_auth/auth-options.ts'
import { unwrapDefault } from '../../../_auth/interop.ts'

const answer = unwrapDefault(NextAuth)

// Its options are read from the running server, which a build is not.
const handler = (request: NextRequest, context: { params: Promise<{ nextauth: string[] }> }) =>
  answer(request, context, authOptions())

export { handler as GET, handler as POST }
