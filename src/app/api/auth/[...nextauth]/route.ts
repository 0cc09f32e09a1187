import NextAuth from 'next-auth'
import { authOptions } from '../../../_auth/auth-options.ts'
import { unwrapDefault } from '../../../_auth/interop.ts'

const handler = unwrapDefault(NextAuth)(authOptions)

export { handler as GET, handler as POST }
