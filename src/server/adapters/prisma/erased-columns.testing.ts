/**
 * Every column that holds text or JSON, and what an erasure makes of it. A new column without a line here fails a test:
 * decide whether it may come to hold what a customer said or who they are.
 */
export const COLUMNS: Record<string, 'erased' | `kept: ${string}`> = {
  ...kept('of the workspace’s own people', {
    workspace: ['name', 'epoch'],
    user: [
      'email',
      'username',
      'password_hash',
      'first_name',
      'last_name',
      'locale',
      'default_reply_handler',
    ],
    invitation: ['email', 'token_hash'],
    session: ['user_agent', 'address'],
    refresh_token: ['access_hash', 'refresh_hash'],
    second_factor: ['secret'],
    recovery_code: ['digest'],
    setup_code: ['digest'],
    password_link: ['token_hash'],
    live_node: ['name'],
    live_connection: ['kind', 'conversation_id', 'address', 'user_agent'],
    security_tally: ['kind'],
    api_key: ['name', 'prefix', 'hash', 'scopes'],
    channel: ['name', 'external_id', 'username', 'credentials', 'api_root', 'stopped_reason', 'settings'],
    tag: ['name'],
    file_removal: ['key'],
    blocked_ip: ['network', 'reason'],
  }),
  ...kept('names rows, actions and people of ours, never what a customer said', {
    audit_log: ['actor_kind', 'actor_name', 'action', 'target', 'before', 'after', 'address'],
    _prisma_migrations: ['id', 'checksum', 'migration_name', 'logs'],
  }),
  ...kept('the skeleton: ids, kinds and who wrote, as a number', {
    conversation: ['id'],
    message: ['id', 'conversation_id', 'sender', 'reply_to_id'],
    held_message: ['message_id', 'conversation_id', 'reasons', 'outcome'],
    delivery: ['conversation_id', 'message_id', 'op', 'next'],
    message_edit: ['message_id'],
    delivery_attempt: ['outcome', 'code', 'next'],
    inbound_event: ['event_key', 'outcome'],
    read_mark: ['conversation_id'],
    event: ['type', 'conversation_id', 'message_id'],
    security_event: ['kind', 'address'],
  }),
  ...erased({
    customer: [
      'source_id',
      'first_name',
      'last_name',
      'username',
      'email',
      'phone_number',
      'description',
      'bio',
      'profile_picture',
      'persona_data',
      'data',
      'unreachable',
    ],
    conversation: ['title'],
    message: ['content', 'client_id', 'provider_id', 'metadata', 'extras', 'feedback_comment'],
    message_edit: ['content'],
    parked_event: ['provider_id'],
    attachment: [
      'id',
      'conversation_id',
      'message_id',
      'uploader',
      'kind',
      'name',
      'mime',
      'sha256',
      'state',
      'reason',
      'source',
    ],
    delivery: ['error', 'result', 'body'],
    delivery_attempt: ['error'],
    inbound_event: ['raw', 'source_id'],
    event: ['data'],
    security_event: ['detail'],
  }),
}

type Tables = Record<string, string[]>

function kept(why: string, tables: Tables) {
  return decided(tables, `kept: ${why}` as const)
}

function erased(tables: Tables) {
  return decided(tables, 'erased')
}

function decided<Decision extends string>(tables: Tables, decision: Decision): Record<string, Decision> {
  return Object.fromEntries(
    Object.entries(tables).flatMap(([table, columns]) =>
      columns.map((column) => [`${table}.${column}`, decision]),
    ),
  )
}
