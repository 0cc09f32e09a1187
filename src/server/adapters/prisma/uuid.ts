/** As PostgreSQL spells a uuid: asking for anything else would be an error of the statement. */
export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
