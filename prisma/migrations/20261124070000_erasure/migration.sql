-- AlterTable
ALTER TABLE "conversation" ADD COLUMN     "erased_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "customer" ADD COLUMN     "erased_at" TIMESTAMPTZ(3),
ADD COLUMN     "erasure_ended_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "inbound_event" ADD COLUMN     "source_id" TEXT;

-- AlterTable
ALTER TABLE "workspace" ADD COLUMN     "retention_days" INTEGER;

-- CreateIndex
CREATE INDEX "inbound_event_channel_id_source_id_idx" ON "inbound_event"("channel_id", "source_id");



-- What Prisma's schema language cannot say.

-- Erasures that a crash cut short are found again.
CREATE INDEX "customer_erasing_idx" ON "customer" ("id", (0)) WHERE "erased_at" IS NOT NULL AND "erasure_ended_at" IS NULL;

-- Closed conversations by age: retention reads them oldest first.
CREATE INDEX "conversation_closed_idx" ON "conversation" ("workspace_id", "updated_at", "id", (0)) WHERE "status" = 'closed';

-- What was erased stays so, whoever was halfway through a change of it. (PY001 is ours: the adapter knows it.)
CREATE FUNCTION refuse_change_of_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'message' THEN
    IF NOT EXISTS (SELECT 1 FROM conversation c WHERE c.id = NEW.conversation_id AND c.erased_at IS NOT NULL) THEN RETURN NEW; END IF;
  END IF;
  RAISE EXCEPTION 'it was erased' USING ERRCODE = 'PY001';
END $$;

CREATE TRIGGER conversation_stays_erased BEFORE UPDATE ON conversation FOR EACH ROW
  WHEN (OLD.erased_at IS NOT NULL AND (NEW.last_seq <> OLD.last_seq OR NEW.status <> 'closed' OR NEW.title <> OLD.title))
  EXECUTE FUNCTION refuse_change_of_erased();
CREATE TRIGGER customer_stays_erased BEFORE UPDATE ON customer FOR EACH ROW
  WHEN (OLD.erased_at IS NOT NULL AND
    ROW(NEW.source_id, NEW.first_name, NEW.last_name, NEW.username, NEW.email, NEW.phone_number, NEW.description, NEW.bio, NEW.profile_picture, NEW.persona_data, NEW.data) IS DISTINCT FROM
    ROW(OLD.source_id, OLD.first_name, OLD.last_name, OLD.username, OLD.email, OLD.phone_number, OLD.description, OLD.bio, OLD.profile_picture, OLD.persona_data, OLD.data))
  EXECUTE FUNCTION refuse_change_of_erased();
CREATE TRIGGER message_stays_erased BEFORE UPDATE OF content, feedback_comment, metadata ON message FOR EACH ROW
  WHEN (NEW.content <> '' OR NEW.feedback_comment <> '' OR NEW.metadata <> '{}')
  EXECUTE FUNCTION refuse_change_of_erased();

-- Tells the log of an erasure, and gives the conversations its seq as their rev. The caller holds the workspace's row.
CREATE FUNCTION tell_erasure(k customer, at timestamptz) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE given bigint; theirs jsonb;
BEGIN
  SELECT COALESCE(jsonb_agg(c.id ORDER BY c.id), '[]') INTO theirs FROM conversation c WHERE c.customer_id = k.id;
  given := append_event(k.workspace_id, 'customer.erased', NULL, NULL, jsonb_build_object('customer', k.id, 'conversations', theirs), at);
  UPDATE conversation c SET rev = given WHERE c.customer_id = k.id;
  RETURN given;
END $$;

-- Begins an erasure under the locks of every change: the person is unknown from here on, nothing more is written to their
-- conversations and nothing more is sent. Messages follow in groups. Answers no row where there is no such customer.
CREATE FUNCTION begin_erasure(in_workspace int, in_customer int, in_digest text) RETURNS TABLE (event_seq bigint) LANGUAGE plpgsql AS $$
DECLARE k customer; at timestamptz := date_trunc('milliseconds', clock_timestamp());
BEGIN
  PERFORM 1 FROM workspace w WHERE w.id = in_workspace FOR NO KEY UPDATE;
  PERFORM 1 FROM conversation c WHERE c.customer_id = in_customer AND c.workspace_id = in_workspace ORDER BY c.id FOR NO KEY UPDATE;
  SELECT * INTO k FROM customer v WHERE v.id = in_customer AND v.workspace_id = in_workspace FOR UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  IF k.erased_at IS NULL THEN
    -- Replays of these find their key and nothing else.
    UPDATE inbound_event e SET raw = '', source_id = NULL, lease_till = NULL, processed_at = COALESCE(e.processed_at, at),
      outcome = CASE WHEN e.processed_at IS NULL THEN 'erased' ELSE e.outcome END
      WHERE e.channel_id = k.channel_id AND e.source_id = k.source_id;
    UPDATE customer v SET source_id = in_digest, first_name = NULL, last_name = NULL, username = NULL, email = NULL, phone_number = NULL,
      description = NULL, bio = NULL, profile_picture = NULL, persona_data = '{}', data = '{}', erased_at = at, updated_at = at WHERE v.id = k.id;
    DELETE FROM customer_tag t WHERE t.customer_id = k.id;
    UPDATE conversation c SET title = c.source || ' - Customer ' || k.id || ' | ' || c.source, status = 'closed', channel_id = NULL,
      answered_seq = c.last_seq, unread_count = 0, snoozed_till = NULL, erased_at = at WHERE c.customer_id = k.id;
    UPDATE held_message h SET settled_at = at, outcome = 'deleted' FROM conversation c
      WHERE c.customer_id = k.id AND h.conversation_id = c.id AND h.settled_at IS NULL;
  END IF;
  WITH ended AS (
    UPDATE delivery d SET state = 'failed', lease_till = NULL, error = 'The customer was erased', result = NULL
    WHERE d.customer_id = k.id AND d.channel_id = k.channel_id AND d.state IN ('queued', 'sending') RETURNING d.id
  )
  UPDATE delivery_attempt a SET ended_at = at, outcome = 'failed', error = 'The customer was erased' FROM ended WHERE a.delivery_id = ended.id AND a.ended_at IS NULL;
  event_seq := tell_erasure(k, at);
  RETURN NEXT;
END $$;

-- Ends an erasure and tells everybody again: whoever read a message in between lets go of it.
CREATE FUNCTION end_erasure(in_workspace int, in_customer int) RETURNS TABLE (event_seq bigint) LANGUAGE plpgsql AS $$
DECLARE k customer; at timestamptz := date_trunc('milliseconds', clock_timestamp());
BEGIN
  PERFORM 1 FROM workspace w WHERE w.id = in_workspace FOR NO KEY UPDATE;
  UPDATE customer v SET erasure_ended_at = at WHERE v.id = in_customer AND v.workspace_id = in_workspace AND v.erased_at IS NOT NULL RETURNING v.* INTO k;
  IF NOT FOUND THEN RETURN; END IF;
  event_seq := tell_erasure(k, at);
  RETURN NEXT;
END $$;

-- Empties the messages of a conversation after one seq up to another, with what platforms said of them.
CREATE FUNCTION erase_messages(in_conversation text, in_after int, in_through int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE emptied int; at timestamptz := date_trunc('milliseconds', clock_timestamp());
BEGIN
  UPDATE delivery_attempt a SET error = 'The customer was erased' FROM delivery d, message m
    WHERE m.conversation_id = in_conversation AND m.seq > in_after AND m.seq <= in_through AND d.message_id = m.id AND a.delivery_id = d.id AND a.error IS NOT NULL;
  UPDATE delivery d SET result = NULL, error = CASE WHEN d.error IS NULL THEN NULL ELSE 'The customer was erased' END FROM message m
    WHERE m.conversation_id = in_conversation AND m.seq > in_after AND m.seq <= in_through AND d.message_id = m.id AND (d.result IS NOT NULL OR d.error IS NOT NULL);
  UPDATE message m SET content = '', feedback_comment = '', metadata = '{}', client_id = NULL, provider_id = NULL, deleted_at = COALESCE(m.deleted_at, at)
    WHERE m.conversation_id = in_conversation AND m.seq > in_after AND m.seq <= in_through;
  GET DIAGNOSTICS emptied = ROW_COUNT;
  RETURN emptied;
END $$;

-- Deletes the oldest closed conversations without activity since a time, and customers of whom nothing is left. One that
-- was opened again meanwhile is passed over: its row is read under the lock.
CREATE FUNCTION expire_conversations(in_workspace int, in_before timestamptz, in_limit int)
RETURNS TABLE (conversations int, messages int, customers int) LANGUAGE plpgsql AS $$
DECLARE c record; at timestamptz := date_trunc('milliseconds', clock_timestamp()); people int[] := '{}';
BEGIN
  conversations := 0; messages := 0; customers := 0;
  PERFORM 1 FROM workspace w WHERE w.id = in_workspace FOR NO KEY UPDATE;
  FOR c IN SELECT v.id, v.customer_id, v.last_seq AS length FROM conversation v
    WHERE v.id = ANY (ARRAY(SELECT o.id FROM conversation o WHERE o.workspace_id = in_workspace AND o.status = 'closed' AND o.updated_at < in_before ORDER BY o.updated_at, o.id LIMIT in_limit))
      AND v.status = 'closed' AND v.updated_at < in_before ORDER BY v.id FOR UPDATE LOOP
    DELETE FROM conversation v WHERE v.id = c.id;
    PERFORM append_event(in_workspace, 'conversation.deleted', c.id, NULL, jsonb_build_object('customer', c.customer_id), at);
    conversations := conversations + 1; messages := messages + c.length; people := people || c.customer_id;
  END LOOP;
  FOR c IN DELETE FROM customer k WHERE k.id = ANY (people) AND NOT EXISTS (SELECT 1 FROM conversation v WHERE v.customer_id = k.id) RETURNING k.id LOOP
    PERFORM append_event(in_workspace, 'customer.deleted', NULL, NULL, jsonb_build_object('customer', c.id, 'conversations', '[]'::jsonb), at);
    customers := customers + 1;
  END LOOP;
  RETURN NEXT;
END $$;
