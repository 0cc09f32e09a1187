/**
 * The name of the console's cookie at this address. On https no neighbouring subdomain can plant a cookie of such a name,
 * and the bare one, which anybody could plant, is not looked at.
 */
export const sessionCookieName = (publicUrl: string): string =>
  publicUrl.startsWith('https:') ? '__Host-next-auth.session-token' : 'next-auth.session-token'
