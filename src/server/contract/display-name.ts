/** What a person is called: "First Last", or their e-mail address. */
export const displayName = (user: { firstName: string; lastName: string; email: string }): string =>
  `${user.firstName.trim()} ${user.lastName.trim()}`.trim() || user.email
