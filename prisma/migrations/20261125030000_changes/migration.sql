-- What Prisma's schema language cannot say.

-- Tells the log of a message that is no longer as it was. Of what is held only the Spam page is told.
CREATE FUNCTION tell_change(m message, at timestamptz) RETURNS bigint LANGUAGE sql AS
$$ SELECT append_event(m.workspace_id, CASE WHEN m.held THEN 'message.held' ELSE 'message.changed' END, m.conversation_id, m.id, '{}', at) $$;

-- `extras.order` holds when the platform says that the newest edit and the newest reaction happened, in milliseconds: an older
-- one that comes later changes nothing. No reader is shown it.
CREATE FUNCTION is_older(m message, what text, given bigint) RETURNS boolean LANGUAGE sql IMMUTABLE AS
$$ SELECT COALESCE(given < (m.extras->'order'->>what)::bigint, false) $$;
CREATE FUNCTION with_order(extras jsonb, what text, given bigint) RETURNS jsonb LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN given IS NULL THEN extras
  ELSE COALESCE(extras, '{}') || jsonb_build_object('order', COALESCE(extras->'order', '{}') || jsonb_build_object(what, given)) END $$;

-- The columns and the state that hand-overs get in the next migration are named in here: a function's body is read when it is called.
-- Queues a later change of a message for its platform, in its contact's lane; nothing where the platform never got the message.
CREATE FUNCTION queue_change(c conversation, in_message text, in_op text, in_body jsonb, at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE is_there boolean;
BEGIN
  IF c.source IN ('website', 'unknown') OR c.channel_id IS NULL THEN RETURN; END IF;
  IF (SELECT d.state FROM delivery d WHERE d.message_id = in_message AND d.op = 'send' ORDER BY d.id DESC LIMIT 1) = 'failed' THEN RETURN; END IF;
  is_there := EXISTS (SELECT 1 FROM channel ch WHERE ch.id = c.channel_id AND ch.deleted_at IS NULL);
  INSERT INTO delivery (workspace_id, channel_id, customer_id, conversation_id, message_id, op, body, state, error, next_at, created_at)
    VALUES (c.workspace_id, c.channel_id, c.customer_id, c.id, in_message, in_op, in_body,
      (CASE WHEN is_there THEN 'queued' ELSE 'failed' END)::"DeliveryState", CASE WHEN NOT is_there THEN initcap(c.source::text) || ' service not available' END, at, at);
END $$;

-- Keeps the text before: the newest 50 of them.
CREATE FUNCTION change_edit(x jsonb, c conversation, at timestamptz) RETURNS "change" LANGUAGE plpgsql AS $$
DECLARE r "change" := (false, false, NULL, '{}'); m message; given bigint := (x->>'order')::bigint; next int;
BEGIN
  SELECT * INTO m FROM message v WHERE v.id = x->>'message' AND v.conversation_id = c.id;
  r.missing := NOT FOUND;
  IF r.missing OR m.deleted_at IS NOT NULL OR is_older(m, 'edit', given) THEN RETURN r; END IF;
  r.changed := m.content <> x->>'content';
  UPDATE message v SET content = x->>'content', edited_at = CASE WHEN r.changed THEN at ELSE v.edited_at END, extras = with_order(v.extras, 'edit', given)
    WHERE v.id = m.id AND (r.changed OR given IS NOT NULL);
  IF NOT r.changed THEN RETURN r; END IF;
  SELECT COALESCE(max(e.number), 0) + 1 INTO next FROM message_edit e WHERE e.message_id = m.id;
  INSERT INTO message_edit (message_id, number, content, edited_at) VALUES (m.id, next, m.content, at);
  DELETE FROM message_edit e WHERE e.message_id = m.id AND e.number <= next - 50;
  r.event_seq := tell_change(m, at);
  IF (x->>'deliver')::boolean THEN PERFORM queue_change(c, m.id, 'edit', jsonb_build_object('content', x->>'content'), at); END IF;
  RETURN r;
END $$;

-- Leaves an empty place: what was said goes here, in its edits, and where later messages quoted it. What was still to be handed over is not.
CREATE FUNCTION change_unsend(x jsonb, c conversation, at timestamptz) RETURNS "change" LANGUAGE plpgsql AS $$
DECLARE r "change" := (false, false, NULL, '{}'); m message; q message;
BEGIN
  SELECT * INTO m FROM message v WHERE v.id = x->>'message' AND v.conversation_id = c.id;
  r.missing := NOT FOUND;
  IF r.missing OR m.deleted_at IS NOT NULL THEN RETURN r; END IF;
  r.changed := true;
  UPDATE delivery d SET state = 'cancelled', lease_till = NULL, body = NULL, next = NULL, error = NULL WHERE d.message_id = m.id AND d.state = 'queued';
  UPDATE delivery d SET body = NULL WHERE d.message_id = m.id AND d.body IS NOT NULL;
  DELETE FROM message_edit e WHERE e.message_id = m.id;
  FOR q IN UPDATE message v SET extras = jsonb_set(v.extras, '{quote,text}', '""')
      WHERE v.conversation_id = c.id AND v.seq > m.seq AND v.reply_to_id = m.id AND v.extras #>> '{quote,text}' <> '' RETURNING v.* LOOP
    PERFORM tell_change(q, at);
  END LOOP;
  UPDATE message v SET content = '', metadata = '{}', extras = NULL, deleted_at = at WHERE v.id = m.id;
  IF m.held THEN
    UPDATE held_message h SET settled_at = at, outcome = 'deleted' WHERE h.message_id = m.id AND h.settled_at IS NULL;
    r.event_seq := append_event(c.workspace_id, 'message.discarded', c.id, m.id, '{}', at);
    RETURN r;
  END IF;
  r.event_seq := tell_change(m, at);
  IF (x->>'deliver')::boolean THEN PERFORM queue_change(c, m.id, 'delete', NULL, at); END IF;
  RETURN r;
END $$;

-- Replaces what one side has on a message, at most four each; the customer's stand first.
CREATE FUNCTION change_react(x jsonb, c conversation, at timestamptz) RETURNS "change" LANGUAGE plpgsql AS $$
DECLARE r "change" := (false, false, NULL, '{}'); m message; given bigint := (x->>'order')::bigint; kept jsonb; theirs jsonb; next jsonb;
BEGIN
  SELECT * INTO m FROM message v WHERE v.id = x->>'message' AND v.conversation_id = c.id;
  r.missing := NOT FOUND;
  IF r.missing OR m.deleted_at IS NOT NULL OR is_older(m, 'react', given) THEN RETURN r; END IF;
  SELECT COALESCE(jsonb_agg(e ORDER BY n), '[]') INTO kept FROM jsonb_array_elements(m.extras->'reactions') WITH ORDINALITY t (e, n) WHERE e->>'by' <> x->>'by';
  SELECT COALESCE(jsonb_agg(jsonb_build_object('by', x->>'by', 'emoji', e) ORDER BY n), '[]') INTO theirs
    FROM jsonb_array_elements_text(x->'emojis') WITH ORDINALITY t (e, n) WHERE n <= 4;
  next := CASE WHEN x->>'by' = 'customer' THEN theirs || kept ELSE kept || theirs END;
  r.changed := next <> COALESCE(m.extras->'reactions', '[]');
  UPDATE message v SET extras = NULLIF(with_order(CASE WHEN next = '[]' THEN COALESCE(v.extras, '{}') - 'reactions'
    ELSE COALESCE(v.extras, '{}') || jsonb_build_object('reactions', next) END, 'react', given), '{}')
    WHERE v.id = m.id AND (r.changed OR given IS NOT NULL);
  IF NOT r.changed THEN RETURN r; END IF;
  r.event_seq := tell_change(m, at);
  IF (x->>'deliver')::boolean THEN PERFORM queue_change(c, m.id, 'react', jsonb_build_object('emoji', x->'emojis'->0), at); END IF;
  RETURN r;
END $$;

-- The platform tells us of a message of our own side. Where one that was handed over lately still waits for its name, this is it: the
-- answer that is missing or under way can only say the same. Only the newest 200 messages are looked at.
CREATE FUNCTION change_echo(x jsonb, c conversation, at timestamptz) RETURNS "change" LANGUAGE plpgsql AS $$
DECLARE r "change" := (false, false, NULL, '{}'); d delivery; told jsonb := jsonb_build_object('success', true, 'message_id', x->>'provider');
BEGIN
  IF EXISTS (SELECT 1 FROM message m WHERE m.channel_id = c.channel_id AND m.provider_id = x->>'provider') THEN RETURN r; END IF;
  SELECT v.* INTO d FROM message m JOIN delivery v ON v.message_id = m.id AND v.op = 'send'
    WHERE m.conversation_id = c.id AND m.seq > c.last_seq - 200 AND m.provider_id IS NULL AND v.channel_id = c.channel_id
      AND (v.state IN ('sending', 'unconfirmed') OR v.state = 'queued' AND v.attempts > 0)
      AND EXISTS (SELECT 1 FROM delivery_attempt a WHERE a.delivery_id = v.id AND a.started_at > at - interval '10 minutes')
      AND (m.deleted_at IS NOT NULL OR COALESCE(m.extras ? 'attachments', false) = (x->>'has_file')::boolean AND (
        btrim(m.content, E' \n\r\t') = btrim(x->>'content', E' \n\r\t')
        OR EXISTS (SELECT 1 FROM message_edit e WHERE e.message_id = m.id AND btrim(e.content, E' \n\r\t') = btrim(x->>'content', E' \n\r\t'))))
    ORDER BY v.id LIMIT 1 FOR UPDATE OF v;
  IF NOT FOUND THEN RETURN r; END IF;
  r.changed := true;
  UPDATE delivery_attempt a SET ended_at = at, outcome = 'sent', error = NULL, next = NULL, next_at = NULL WHERE a.delivery_id = d.id AND a.ended_at IS NULL;
  UPDATE delivery v SET state = 'sent', lease_till = NULL, next = NULL, error = NULL, result = told WHERE v.id = d.id;
  UPDATE message m SET provider_id = x->>'provider' WHERE m.id = d.message_id;
  r.event_seq := append_event(c.workspace_id, 'delivery.attempted', c.id, d.message_id, jsonb_build_object('result', told, 'delivery', d.id), at);
  RETURN r;
END $$;

CREATE FUNCTION change_reach(x jsonb, k customer, at timestamptz) RETURNS "change" LANGUAGE plpgsql AS $$
DECLARE r "change" := (false, false, NULL, '{}');
BEGIN
  IF k.erased_at IS NOT NULL OR k.unreachable IS NOT DISTINCT FROM x->>'reason' THEN RETURN r; END IF;
  r.changed := true;
  UPDATE customer v SET unreachable = x->>'reason', updated_at = at WHERE v.id = k.id;
  r.event_seq := append_event(k.workspace_id, 'customer.changed', NULL, NULL, jsonb_build_object('customer', k.id), at);
  RETURN r;
END $$;

-- Names that are known already are kept; a conversation that is made for spam stays hidden.
CREATE OR REPLACE FUNCTION open_conversation(x jsonb, at timestamptz, OUT changed boolean, OUT event_seq bigint, OUT customer int, OUT conversation text)
LANGUAGE plpgsql AS $$
DECLARE cu customer; is_hidden boolean := COALESCE((x->>'hidden')::boolean, false);
BEGIN
  INSERT INTO customer AS k (workspace_id, channel_id, source, source_id, first_name, last_name, username, created_at, updated_at)
    VALUES ((x->>'workspace')::int, (x->>'channel')::int, (x->>'source')::"Source", x->>'source_id', x->>'first_name', x->>'last_name', x->>'username', at, at)
    ON CONFLICT (workspace_id, channel_id, source_id) DO UPDATE SET
      first_name = COALESCE(NULLIF(k.first_name, ''), EXCLUDED.first_name), last_name = COALESCE(NULLIF(k.last_name, ''), EXCLUDED.last_name),
      username = COALESCE(NULLIF(k.username, ''), EXCLUDED.username)
    RETURNING * INTO cu;
  customer := cu.id; changed := false;
  -- Who writes can be reached again.
  IF cu.unreachable IS NOT NULL THEN
    UPDATE customer k SET unreachable = NULL, updated_at = at WHERE k.id = cu.id;
    event_seq := append_event(cu.workspace_id, 'customer.changed', NULL, NULL, jsonb_build_object('customer', cu.id), at);
  END IF;
  SELECT v.id INTO conversation FROM conversation v WHERE v.workspace_id = cu.workspace_id AND v.customer_id = cu.id AND v.channel_id IS NOT DISTINCT FROM cu.channel_id
    ORDER BY (v.status <> 'closed') DESC, v.updated_at DESC LIMIT 1;
  IF conversation IS NOT NULL THEN RETURN; END IF;
  changed := true; conversation := x->>'conversation';
  INSERT INTO tag (workspace_id, name) VALUES (cu.workspace_id, x->>'tag') ON CONFLICT DO NOTHING;
  INSERT INTO customer_tag (customer_id, tag_id) SELECT cu.id, t.id FROM tag t WHERE t.workspace_id = cu.workspace_id AND t.name = x->>'tag' ON CONFLICT DO NOTHING;
  INSERT INTO conversation (id, workspace_id, customer_id, channel_id, title, status, source, hidden, created_at, updated_at)
    VALUES (conversation, cu.workspace_id, cu.id, cu.channel_id,
      left(cu.source || ' - ' || COALESCE(
        NULLIF(trim(concat_ws(' ', NULLIF(cu.first_name, ''), NULLIF(cu.last_name, '')) || COALESCE(' (@' || NULLIF(cu.username, '') || ')', '')), ''),
        'Customer ' || cu.id) || ' | ' || cu.source, 100),
      (CASE WHEN bot_answers('active', cu.workspace_id) THEN 'active' ELSE 'support_active' END)::"ConversationStatus", cu.source, is_hidden, at, at);
  IF is_hidden THEN RETURN; END IF;
  event_seq := append_event(cu.workspace_id, 'conversation.opened', conversation, NULL, '{}', at);
END $$;

-- What was parked of theirs goes too.
CREATE OR REPLACE FUNCTION begin_erasure(in_workspace int, in_customer int, in_digest text) RETURNS TABLE (event_seq bigint) LANGUAGE plpgsql AS $$
DECLARE k customer; at timestamptz := date_trunc('milliseconds', clock_timestamp());
BEGIN
  PERFORM 1 FROM workspace w WHERE w.id = in_workspace FOR NO KEY UPDATE;
  PERFORM 1 FROM conversation c WHERE c.customer_id = in_customer AND c.workspace_id = in_workspace ORDER BY c.id FOR NO KEY UPDATE;
  SELECT * INTO k FROM customer v WHERE v.id = in_customer AND v.workspace_id = in_workspace FOR UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  IF k.erased_at IS NULL THEN
    DELETE FROM parked_event p USING inbound_event e WHERE e.id = p.inbound_event_id AND e.channel_id = k.channel_id AND e.source_id = k.source_id;
    -- Replays of these find their key and nothing else.
    UPDATE inbound_event e SET raw = '', source_id = NULL, lease_till = NULL, processed_at = COALESCE(e.processed_at, at),
      outcome = CASE WHEN e.processed_at IS NULL THEN 'erased' ELSE e.outcome END
      WHERE e.channel_id = k.channel_id AND e.source_id = k.source_id;
    UPDATE customer v SET source_id = in_digest, first_name = NULL, last_name = NULL, username = NULL, email = NULL, phone_number = NULL,
      description = NULL, bio = NULL, profile_picture = NULL, persona_data = '{}', data = '{}', unreachable = NULL, erased_at = at, updated_at = at WHERE v.id = k.id;
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

CREATE OR REPLACE FUNCTION append_changes(p jsonb) RETURNS TABLE (
  ord int, workspace int, missing boolean, changed boolean, event_seq bigint, at timestamptz, detail jsonb, conversation jsonb
) LANGUAGE plpgsql AS $$
DECLARE
  ids text[] := ARRAY(SELECT DISTINCT m->>'conversation' FROM jsonb_array_elements(p) m WHERE m ? 'conversation');
  people int[] := ARRAY(SELECT DISTINCT (m->>'customer')::int FROM jsonb_array_elements(p) m WHERE m ? 'customer');
  spaces int[] := ARRAY(SELECT DISTINCT (m->>'workspace')::int FROM jsonb_array_elements(p) m WHERE m ? 'workspace');
  x jsonb; c conversation; k customer; o record; r "change";
BEGIN
  PERFORM 1 FROM workspace w WHERE w.id = ANY (spaces) OR w.id IN (
    SELECT v.workspace_id FROM conversation v WHERE v.id = ANY (ids) UNION SELECT v.workspace_id FROM customer v WHERE v.id = ANY (people))
    ORDER BY w.id FOR NO KEY UPDATE;
  PERFORM 1 FROM conversation v WHERE v.id = ANY (ids) OR v.customer_id = ANY (people) ORDER BY v.id FOR NO KEY UPDATE;
  FOR x IN SELECT e FROM jsonb_array_elements(p) WITH ORDINALITY AS t (e, n) ORDER BY n LOOP
    ord := (x->>'ord')::int; workspace := NULL; conversation := NULL;
    at := date_trunc('milliseconds', clock_timestamp());
    r := (true, false, NULL, '{}');

    IF x->>'op' = 'open' THEN
      o := open_conversation(x, at);
      r := (false, o.changed, o.event_seq, jsonb_build_object('customer', o.customer));
      SELECT to_jsonb(v), v.workspace_id INTO conversation, workspace FROM conversation v WHERE v.id = o.conversation;
    ELSIF x ? 'customer' THEN
      SELECT * INTO k FROM customer v WHERE v.id = (x->>'customer')::int
        AND v.workspace_id IN (SELECT jsonb_array_elements_text(x->'workspaces')::int);
      IF FOUND THEN
        workspace := k.workspace_id;
        r := CASE x->>'op' WHEN 'customer' THEN change_customer(x, k, at) WHEN 'delete_customer' THEN change_delete_customer(x, k, at) WHEN 'reach' THEN change_reach(x, k, at) END;
      END IF;
    ELSE
      SELECT * INTO c FROM conversation v WHERE v.id = x->>'conversation'
        AND v.workspace_id IN (SELECT jsonb_array_elements_text(x->'workspaces')::int);
      IF FOUND THEN
        workspace := c.workspace_id;
        IF c.erased_at IS NOT NULL AND x->>'op' IN ('edit', 'unsend', 'react', 'echo') THEN
          RAISE EXCEPTION 'it was erased' USING ERRCODE = 'PY001';
        END IF;
        r := CASE x->>'op'
          WHEN 'outcome' THEN change_outcome(x, c, at) WHEN 'retry' THEN change_retry(x, c, at) WHEN 'read' THEN change_read(x, c, at)
          WHEN 'status' THEN change_status(x, c, at) WHEN 'feedback' THEN change_feedback(x, c, at) WHEN 'delete' THEN change_delete(x, c, at)
          WHEN 'release' THEN change_release(x, c, at) WHEN 'discard' THEN change_discard(x, c, at)
          WHEN 'edit' THEN change_edit(x, c, at) WHEN 'unsend' THEN change_unsend(x, c, at) WHEN 'react' THEN change_react(x, c, at)
          WHEN 'seen' THEN change_seen(x, c, at) WHEN 'echo' THEN change_echo(x, c, at) END;
        SELECT to_jsonb(v) INTO conversation FROM conversation v WHERE v.id = c.id;
      END IF;
    END IF;

    missing := r.missing; changed := r.changed; event_seq := r.event_seq; detail := r.detail;
    RETURN NEXT;
  END LOOP;
END $$;
