/** next-auth is CommonJS: bundlers differ on whether its default import is the export itself or the module around it. */
export const unwrapDefault = <T>(imported: T): T => (imported as { default?: T }).default ?? imported
