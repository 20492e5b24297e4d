namespace FlowEngine.Server.Persistence.Postgres;

/// <summary>
/// The functions on the server: where a round trip would otherwise need a decision in between. They are part of the program, not of a
/// migration, and replaced at each start; a signature that changes gets a new name, so that nodes of two versions may run together.
/// </summary>
internal static class PostgresFunctions
{
    /// <summary>The SQLSTATE of a turn that must not be written: the mailbox has another version, or another node holds it.</summary>
    public const string Fenced = "FE001";

    /// <summary>Payload: the mailbox's id, a space, the node that holds it; a star in a place stands for any.</summary>
    public const string WakeChannel = "flowengine_wake";

    /// <summary>
    /// For changes that desks of other nodes must see. Never notified within a turn's transaction: PostgreSQL lets transactions that notify commit
    /// only one after the other, each with its own wait for the disk.
    /// </summary>
    public const string ChangedChannel = "flowengine_changed";

    /// <summary>
    /// Who an address belongs to (decision 6). Two nodes that make the same person at once meet at the alias' key; the loser's append begins anew. The forms are
    /// other ways to write its phones: looked at where no alias is known, and only for who has no id of the provider yet, or is not named by one now.
    /// </summary>
    private const string Contact =
        """
        CREATE OR REPLACE FUNCTION fe_find_contact(
          p_now bigint, p_portfolio text, p_kinds text[], p_values text[], p_forms text[], p_name text, p_create boolean, p_new uuid) RETURNS uuid
        LANGUAGE plpgsql AS $$
        DECLARE
          v_contact uuid;
          v_known bigint;
        BEGIN
          SELECT count(*), (array_agg(coalesce(c.merged_into, c.id) ORDER BY a.place))[1] INTO v_known, v_contact
          FROM unnest(p_kinds, p_values) WITH ORDINALITY AS a(kind, value, place)
          -- One look into the key for each alias: a plan that was made while the table was small must not read a portfolio's people for ever after.
          CROSS JOIN LATERAL (
            SELECT l.contact_id FROM contact_alias l WHERE l.portfolio = p_portfolio AND l.kind = a.kind AND l.value = a.value LIMIT 1) k
          CROSS JOIN LATERAL (SELECT p.id, p.merged_into FROM contact p WHERE p.id = k.contact_id LIMIT 1) c;
          IF v_contact IS NULL AND cardinality(p_forms) > 0 THEN
            SELECT coalesce(c.merged_into, c.id) INTO v_contact
            FROM unnest(p_forms) WITH ORDINALITY AS f(value, place)
            CROSS JOIN LATERAL (SELECT l.contact_id FROM contact_alias l WHERE l.portfolio = p_portfolio AND l.kind = 'phone' AND l.value = f.value LIMIT 1) k
            CROSS JOIN LATERAL (SELECT p.id, p.merged_into, p.wa_id FROM contact p WHERE p.id = k.contact_id LIMIT 1) c
            WHERE c.wa_id IS NULL OR 'waId' <> ALL (p_kinds)
            ORDER BY f.place LIMIT 1;
          END IF;
          IF v_contact IS NULL THEN
            IF NOT p_create THEN
              RETURN NULL;
            END IF;
            v_contact := p_new;
            INSERT INTO contact (id, name, opted_out, created_at) VALUES (p_new, p_name, false, p_now);
          END IF;
          IF v_known < cardinality(p_kinds) THEN
            WITH added AS (
              INSERT INTO contact_alias (portfolio, kind, value, contact_id)
              SELECT DISTINCT p_portfolio, a.kind, a.value, v_contact FROM unnest(p_kinds, p_values) AS a(kind, value)
              -- A new contact must get all of them: where another node has just made the person, the key refuses this one.
              WHERE v_contact = p_new
                OR NOT EXISTS (SELECT FROM contact_alias k WHERE k.portfolio = p_portfolio AND k.kind = a.kind AND k.value = a.value)
              ORDER BY a.kind, a.value
              RETURNING kind, value)
            UPDATE contact SET
              phone = coalesce(phone, (SELECT value FROM added WHERE kind = 'phone' LIMIT 1)),
              wa_id = coalesce(wa_id, (SELECT value FROM added WHERE kind = 'waId' LIMIT 1)),
              user_id = coalesce(user_id, (SELECT value FROM added WHERE kind = 'userId' LIMIT 1))
            WHERE id = v_contact;
          END IF;
          RETURN v_contact;
        END $$;
        """;

    /// <summary>The conversation with a contact on a connection, made where it is new and wanted. Its columns are those of a new Conversation.</summary>
    private const string Conversation =
        """
        CREATE OR REPLACE FUNCTION fe_conversation(p_now bigint, p_connection text, p_contact uuid, p_create boolean, p_new uuid) RETURNS uuid
        LANGUAGE plpgsql AS $$
        DECLARE
          v_id uuid;
        BEGIN
          SELECT id INTO v_id FROM conversation WHERE connection = p_connection AND contact_id = p_contact;
          IF v_id IS NOT NULL OR NOT p_create THEN
            RETURN v_id;
          END IF;
          INSERT INTO conversation (id, connection, contact_id, created_at, last_activity_at, lifecycle, episode, owner_kind, epoch, version, stage,
            lead_wrote, automation_wrote, problems, blocking_problems, fields, source, unread, next_order, window_notice, person_answered)
          VALUES (p_new, p_connection, p_contact, p_now, p_now, 0, 1, 0, 0, 0, 0, false, false, '[]', 0, '{}', 'message', 0, 1, 0, false);
          INSERT INTO mailbox (id, kind, version) VALUES (p_new, 0, 0);
          INSERT INTO episode (conversation_id, number, started_at) VALUES (p_new, 1, p_now);
          RETURN p_new;
        END $$;
        """;

    /// <summary>
    /// Takes the mailbox's lease where nobody holds it. True when another node does: it is told with the commit, which is rare enough to bear
    /// what a notification costs (<see cref="ChangedChannel"/>).
    /// </summary>
    private const string Lease =
        """
        CREATE OR REPLACE FUNCTION fe_lease(p_node text, p_mailbox uuid) RETURNS boolean
        LANGUAGE plpgsql AS $$
        DECLARE
          v_holder text;
        BEGIN
          SELECT lease_node INTO v_holder FROM mailbox WHERE id = p_mailbox;
          IF v_holder IS NULL AND p_node IS NULL THEN
            PERFORM pg_notify('flowengine_wake', p_mailbox || ' *');
            RETURN true;
          END IF;
          IF v_holder IS NULL THEN
            UPDATE mailbox SET lease_node = p_node WHERE id = p_mailbox AND lease_node IS NULL;
            IF FOUND THEN
              RETURN false;
            END IF;
            SELECT lease_node INTO v_holder FROM mailbox WHERE id = p_mailbox;
          END IF;
          IF v_holder = p_node THEN
            RETURN false;
          END IF;
          PERFORM pg_notify('flowengine_wake', p_mailbox || ' ' || coalesce(v_holder, '*'));
          RETURN true;
        END $$;
        """;

    /// <summary>
    /// Commit 1, for one event. The status is the number of an AppendStatus. <c>fe_append</c> and <c>fe_contact</c>, which knew no other forms of a phone, are left
    /// to nodes of earlier versions.
    /// </summary>
    private const string Append =
        """
        CREATE OR REPLACE FUNCTION fe_append_event(
          p_node text, p_now bigint, p_id uuid, p_key text, p_kind text, p_payload bytea, p_conversation uuid,
          p_ref_connection text, p_ref_message uuid, p_ref_provider text,
          p_connection text, p_portfolio text, p_kinds text[], p_values text[], p_forms text[], p_name text, p_create boolean, p_new_contact uuid, p_new_conversation uuid,
          OUT status integer, OUT event uuid, OUT mailbox uuid, OUT elsewhere boolean)
        LANGUAGE plpgsql AS $$
        DECLARE
          v_message uuid;
          v_contact uuid;
        BEGIN
          elsewhere := false;
          SELECT e.id, e.mailbox_id INTO event, mailbox FROM mailbox_event e WHERE e.dedupe_key = p_key;
          IF event IS NOT NULL THEN
            status := 1;
            RETURN;
          END IF;
          event := p_id;
          IF p_ref_connection IS NOT NULL THEN
            SELECT m.id, m.conversation_id INTO v_message, mailbox FROM message m JOIN conversation c ON c.id = m.conversation_id
            WHERE m.id = p_ref_message AND c.connection = p_ref_connection;
            IF v_message IS NULL THEN
              SELECT m.id, m.conversation_id INTO v_message, mailbox FROM message m JOIN conversation c ON c.id = m.conversation_id
              WHERE m.provider_id = p_ref_provider AND c.connection = p_ref_connection LIMIT 1;
            END IF;
          END IF;
          IF p_conversation IS NOT NULL THEN
            SELECT b.id INTO mailbox FROM mailbox b WHERE b.id = p_conversation;
          ELSIF mailbox IS NULL AND p_connection IS NOT NULL THEN
            v_contact := fe_find_contact(p_now, p_portfolio, p_kinds, p_values, p_forms, p_name, p_create, p_new_contact);
            IF v_contact IS NOT NULL THEN
              mailbox := fe_conversation(p_now, p_connection, v_contact, p_create, p_new_conversation);
            END IF;
          END IF;
          IF mailbox IS NULL AND (p_conversation IS NOT NULL OR p_ref_connection IS NULL) THEN
            status := 3;
            RETURN;
          END IF;
          INSERT INTO mailbox_event (id, mailbox_id, kind, dedupe_key, payload, message_id, ref_connection, ref_provider_id, received_at, state, attempts)
          VALUES (p_id, mailbox, p_kind, p_key, p_payload, v_message, p_ref_connection, p_ref_provider, p_now, 0, 0);
          IF mailbox IS NULL THEN
            status := 2;
            RETURN;
          END IF;
          status := 0;
          elsewhere := fe_lease(p_node, mailbox);
        END $$;
        """;

    /// <summary>
    /// The first statement of a turn's commit: locks the mailbox and refuses the whole batch when it is not as the turn saw it. The lease is
    /// given back when nothing is left to do but what the turn itself leaves.
    /// </summary>
    private const string Fence =
        """
        CREATE OR REPLACE FUNCTION fe_fence(p_node text, p_mailbox uuid, p_version bigint, p_busy boolean, p_done uuid[], p_changed uuid[]) RETURNS void
        LANGUAGE plpgsql AS $$
        BEGIN
          UPDATE mailbox SET version = version + 1, lease_node = CASE WHEN p_busy
              OR EXISTS (SELECT FROM mailbox_event e WHERE e.mailbox_id = p_mailbox AND e.state = 0 AND e.id <> ALL (p_done))
              OR EXISTS (SELECT FROM message m WHERE m.conversation_id = p_mailbox AND m.owed AND m.state IN (2, 3) AND m.id <> ALL (p_changed))
            THEN p_node END
          WHERE id = p_mailbox AND version = p_version AND (lease_node IS NULL OR lease_node = p_node);
          IF NOT FOUND THEN
            RAISE EXCEPTION 'mailbox % was turned or taken by another', p_mailbox USING ERRCODE = 'FE001';
          END IF;
        END $$;
        """;

    /// <summary>
    /// The first statement of the commit of a turn whose event was not stored before: the fence, and the event, which is done. A mailbox that is new comes
    /// with it. Refuses the whole batch also when the event's key is known.
    /// </summary>
    private const string Receive =
        """
        CREATE OR REPLACE FUNCTION fe_receive(
          p_node text, p_now bigint, p_id uuid, p_key text, p_kind text, p_payload bytea, p_result text, p_mailbox uuid, p_version bigint, p_begins boolean) RETURNS void
        LANGUAGE plpgsql AS $$
        BEGIN
          IF p_begins THEN
            INSERT INTO mailbox (id, kind, version) VALUES (p_mailbox, 1, p_version + 1) ON CONFLICT DO NOTHING;
          ELSE
            UPDATE mailbox SET version = version + 1,
              lease_node = CASE WHEN EXISTS (SELECT FROM mailbox_event e WHERE e.mailbox_id = p_mailbox AND e.state = 0) THEN p_node END
            WHERE id = p_mailbox AND version = p_version AND (lease_node IS NULL OR lease_node = p_node);
          END IF;
          IF NOT FOUND THEN
            RAISE EXCEPTION 'mailbox % was turned or taken by another', p_mailbox USING ERRCODE = 'FE001';
          END IF;
          INSERT INTO mailbox_event (id, mailbox_id, kind, dedupe_key, payload, received_at, state, attempts, result, done_at)
          VALUES (p_id, p_mailbox, p_kind, p_key, p_payload, p_now, 1, 0, p_result, p_now) ON CONFLICT (dedupe_key) DO NOTHING;
          IF NOT FOUND THEN
            RAISE EXCEPTION 'event % is known', p_key USING ERRCODE = 'FE001';
          END IF;
        END $$;
        """;

    /// <summary>Commit 1 for the first event of a run without a conversation: its mailbox is made with it.</summary>
    private const string Begin =
        """
        CREATE OR REPLACE FUNCTION fe_begin_run(
          p_node text, p_now bigint, p_id uuid, p_key text, p_kind text, p_payload bytea, p_run uuid,
          OUT status integer, OUT event uuid, OUT mailbox uuid, OUT elsewhere boolean, OUT others boolean)
        LANGUAGE plpgsql AS $$
        BEGIN
          elsewhere := false;
          others := false;
          SELECT e.id, e.mailbox_id INTO event, mailbox FROM mailbox_event e WHERE e.dedupe_key = p_key;
          IF event IS NOT NULL THEN
            status := 1;
            RETURN;
          END IF;
          status := 0;
          event := p_id;
          mailbox := p_run;
          INSERT INTO mailbox (id, kind, version, lease_node) VALUES (p_run, 1, 0, p_node) ON CONFLICT DO NOTHING;
          INSERT INTO mailbox_event (id, mailbox_id, kind, dedupe_key, payload, received_at, state, attempts)
          VALUES (p_id, p_run, p_kind, p_key, p_payload, p_now, 0, 0);
          IF p_node IS NULL THEN
            PERFORM pg_notify('flowengine_wake', p_run || ' *');
          END IF;
        END $$;
        """;

    /// <summary>A node that leaves gives back what it holds, but what is at the provider: that it still settles itself. When nothing is left it is forgotten.</summary>
    private const string StandDown =
        """
        CREATE OR REPLACE FUNCTION fe_stand_down(p_node text) RETURNS void
        LANGUAGE plpgsql AS $$
        BEGIN
          UPDATE mailbox b SET lease_node = NULL WHERE lease_node = p_node
            AND NOT EXISTS (SELECT FROM message m WHERE m.conversation_id = b.id AND m.owed AND m.state IN (2, 3));
          IF FOUND THEN
            PERFORM pg_notify('flowengine_wake', '* *');
          END IF;
          DELETE FROM node WHERE id = p_node AND NOT EXISTS (SELECT FROM mailbox WHERE lease_node = p_node);
        END $$;
        """;

    /// <summary>
    /// A signal into the mailbox of each run that waits for it; kept when nobody does and its time is given. A key of its own for each run: it
    /// never reaches the same one twice. <c>fe_signal</c>, which said only whether there were others, is left to nodes of earlier versions.
    /// </summary>
    private const string Signal =
        """
        CREATE OR REPLACE FUNCTION fe_signal_all(
          p_node text, p_now bigint, p_id uuid, p_key text, p_kind text, p_payload bytea, p_hash text, p_correlation text, p_instance uuid, p_keep_until bigint,
          OUT status integer, OUT event uuid, OUT mailbox uuid, OUT elsewhere boolean, OUT others integer)
        LANGUAGE plpgsql AS $$
        DECLARE
          v_instances uuid[];
          v_mailboxes uuid[];
          v_id uuid := p_id;
          v_elsewhere boolean;
        BEGIN
          elsewhere := false;
          others := 0;
          status := 3;
          event := p_id;
          IF p_correlation IS NULL THEN
            SELECT array_agg(t.i), array_agg(t.m) INTO v_instances, v_mailboxes
            FROM (SELECT DISTINCT instance_id AS i, mailbox_id AS m FROM bookmark WHERE hash = p_hash ORDER BY 1) t WHERE p_instance IS NULL OR t.i = p_instance;
          ELSE
            SELECT array_agg(t.i), array_agg(t.m) INTO v_instances, v_mailboxes
            FROM (SELECT DISTINCT instance_id AS i, mailbox_id AS m FROM bookmark WHERE hash = p_hash AND correlation_id = p_correlation ORDER BY 1) t
            WHERE p_instance IS NULL OR t.i = p_instance;
          END IF;
          FOR n IN 1 .. coalesce(cardinality(v_instances), 0) LOOP
            INSERT INTO mailbox_event (id, mailbox_id, kind, dedupe_key, payload, received_at, state, attempts)
            VALUES (v_id, v_mailboxes[n], p_kind, p_key || ':' || replace(v_instances[n]::text, '-', ''), p_payload, p_now, 0, 0)
            ON CONFLICT (dedupe_key) DO NOTHING;
            IF FOUND THEN
              v_elsewhere := fe_lease(p_node, v_mailboxes[n]);
              IF status = 0 THEN
                others := others + 1;
              ELSE
                status := 0;
                event := v_id;
                mailbox := v_mailboxes[n];
                elsewhere := v_elsewhere;
              END IF;
              v_id := gen_random_uuid();
            END IF;
          END LOOP;
          IF status = 3 AND p_keep_until IS NOT NULL THEN
            INSERT INTO kept_signal (id, dedupe_key, hash, correlation_id, instance_id, kind, payload, keep_until)
            VALUES (p_id, p_key, p_hash, p_correlation, p_instance, p_kind, p_payload, p_keep_until) ON CONFLICT DO NOTHING;
            status := 4;
          END IF;
        END $$;
        """;

    /// <summary>The oldest kept signal that a bookmark waits for goes into its mailbox.</summary>
    private const string GiveKept =
        """
        CREATE OR REPLACE FUNCTION fe_give_kept(p_node text, p_now bigint, p_instance uuid, p_mailbox uuid, p_hash text, p_correlation text) RETURNS integer
        LANGUAGE plpgsql AS $$
        DECLARE
          v kept_signal%ROWTYPE;
        BEGIN
          DELETE FROM kept_signal WHERE id = (
            SELECT id FROM kept_signal s WHERE s.hash = p_hash AND s.keep_until > p_now AND (s.correlation_id IS NULL OR s.correlation_id = p_correlation)
              AND (s.instance_id IS NULL OR s.instance_id = p_instance) ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
          RETURNING * INTO v;
          IF v.id IS NULL THEN
            RETURN 0;
          END IF;
          INSERT INTO mailbox_event (id, mailbox_id, kind, dedupe_key, payload, received_at, state, attempts)
          VALUES (v.id, p_mailbox, v.kind, v.dedupe_key || ':' || replace(p_instance::text, '-', ''), v.payload, p_now, 0, 0) ON CONFLICT (dedupe_key) DO NOTHING;
          PERFORM fe_lease(p_node, p_mailbox);
          RETURN 1;
        END $$;
        CREATE OR REPLACE FUNCTION fe_deliver_kept(p_node text, p_now bigint) RETURNS integer
        LANGUAGE plpgsql AS $$
        DECLARE
          v_given integer := 0;
          b record;
        BEGIN
          DELETE FROM kept_signal WHERE keep_until <= p_now;
          FOR b IN SELECT DISTINCT k.instance_id, k.mailbox_id, k.hash, k.correlation_id FROM kept_signal s JOIN bookmark k ON k.hash = s.hash WHERE k.name = 'Elsa.Event' LIMIT 500 LOOP
            v_given := v_given + fe_give_kept(p_node, p_now, b.instance_id, b.mailbox_id, b.hash, b.correlation_id);
          END LOOP;
          RETURN v_given;
        END $$;
        """;

    /// <summary>Refuses the whole batch when another run holds what this one claims; what a deleted run held is free.</summary>
    private const string Claim =
        """
        CREATE OR REPLACE FUNCTION fe_claim(p_claim text, p_run uuid) RETURNS void
        LANGUAGE plpgsql AS $$
        BEGIN
          INSERT INTO run_claim (claim, instance_id) VALUES (p_claim, p_run)
          ON CONFLICT (claim) DO UPDATE SET instance_id = excluded.instance_id
            WHERE run_claim.instance_id = excluded.instance_id OR NOT EXISTS (SELECT FROM mailbox m WHERE m.id = run_claim.instance_id);
          IF NOT FOUND THEN
            RAISE EXCEPTION '% is held by another run', p_claim USING ERRCODE = 'FE001';
          END IF;
        END $$;
        """;

    /// <summary>
    /// What dead nodes left. The mailboxes first: their locks end what a stalled node is writing, and the messages are read after it. A message in doubt
    /// is left alone at least until its deadline: until then a stalled node may still wake up and call.
    /// </summary>
    private const string TakeOver =
        """
        CREATE OR REPLACE FUNCTION fe_take_over(
          p_node text, p_now bigint, p_dead_before bigint, p_unknown_until bigint, p_first boolean, OUT requeued integer, OUT doubted integer)
        LANGUAGE plpgsql AS $$
        DECLARE
          v_taken uuid[];
        BEGIN
          requeued := 0;
          doubted := 0;
          DELETE FROM node WHERE seen_at < p_dead_before AND id <> p_node;
          IF NOT FOUND AND NOT p_first THEN
            RETURN;
          END IF;
          DELETE FROM external_task WHERE state = 1 AND taken_by <> p_node AND taken_by NOT IN (SELECT id FROM node);
          UPDATE external_task SET taken_by = NULL, taken_until = NULL WHERE taken_by <> p_node AND taken_by NOT IN (SELECT id FROM node);
          IF p_first THEN
            UPDATE message SET wake_at = p_unknown_until WHERE owed AND state = 4 AND wake_at < p_unknown_until;
          END IF;
          WITH taken AS (
            UPDATE mailbox SET version = version + 1, lease_node = p_node
            WHERE lease_node <> p_node AND NOT EXISTS (SELECT FROM node n WHERE n.id = mailbox.lease_node)
            RETURNING id)
          SELECT array_agg(id) INTO v_taken FROM taken;
          UPDATE message SET state = 1, wake_at = p_now, deadline = NULL WHERE conversation_id = ANY (v_taken) AND owed AND state = 2;
          GET DIAGNOSTICS requeued = ROW_COUNT;
          UPDATE message SET state = 4, wake_at = greatest(p_unknown_until, deadline) WHERE conversation_id = ANY (v_taken) AND owed AND state = 3;
          GET DIAGNOSTICS doubted = ROW_COUNT;
        END $$;
        """;

    /// <summary>
    /// Each book that a node keeps in memory has a number that grows with every change, whoever made it: turns see a change of staff with the next load
    /// (invariant I20), the others are told and look by themselves every few seconds (<see cref="SharedBook"/>). Of flows only what is published counts: drafts are
    /// saved with every stroke, and no node runs them.
    /// </summary>
    private const string Books =
        """
        INSERT INTO staff_version (id, version) SELECT n, 1 FROM generate_series(1, 4) AS n ON CONFLICT DO NOTHING;
        CREATE OR REPLACE FUNCTION fe_book_changed() RETURNS trigger
        LANGUAGE plpgsql AS $$
        BEGIN
          UPDATE staff_version SET version = version + 1 WHERE id = TG_ARGV[0]::integer;
          PERFORM pg_notify('flowengine_changed', 'book');
          RETURN NULL;
        END $$;
        CREATE OR REPLACE TRIGGER fe_connections AFTER INSERT OR UPDATE OR DELETE ON connection FOR EACH STATEMENT EXECUTE FUNCTION fe_book_changed(2);
        CREATE OR REPLACE TRIGGER fe_company AFTER INSERT OR UPDATE OR DELETE ON setting FOR EACH STATEMENT EXECUTE FUNCTION fe_book_changed(3);
        CREATE OR REPLACE TRIGGER fe_company AFTER INSERT OR UPDATE OR DELETE ON department FOR EACH STATEMENT EXECUTE FUNCTION fe_book_changed(3);
        CREATE OR REPLACE TRIGGER fe_flows AFTER UPDATE ON definition FOR EACH ROW WHEN (OLD.is_published <> NEW.is_published) EXECUTE FUNCTION fe_book_changed(4);
        CREATE OR REPLACE TRIGGER fe_flows_new AFTER INSERT ON definition FOR EACH ROW WHEN (NEW.is_published) EXECUTE FUNCTION fe_book_changed(4);
        CREATE OR REPLACE TRIGGER fe_flows_gone AFTER DELETE ON definition FOR EACH ROW WHEN (OLD.is_published) EXECUTE FUNCTION fe_book_changed(4);
        CREATE OR REPLACE FUNCTION fe_staff_changed() RETURNS trigger
        LANGUAGE plpgsql AS $$
        BEGIN
          UPDATE staff_version SET version = version + 1 WHERE id = 1;
          RETURN NULL;
        END $$;
        CREATE OR REPLACE TRIGGER fe_staff AFTER INSERT OR UPDATE OR DELETE ON agent FOR EACH STATEMENT EXECUTE FUNCTION fe_staff_changed();
        CREATE OR REPLACE TRIGGER fe_staff AFTER INSERT OR UPDATE OR DELETE ON department FOR EACH STATEMENT EXECUTE FUNCTION fe_staff_changed();
        CREATE OR REPLACE TRIGGER fe_staff AFTER INSERT OR UPDATE OR DELETE ON department_member FOR EACH STATEMENT EXECUTE FUNCTION fe_staff_changed();
        """;

    /// <summary>
    /// <see cref="SearchText.Fold"/> for the letters of Latin alphabets, whatever the database's locale; other alphabets follow the locale. Needs no
    /// extension, which not every server has.
    /// </summary>
    private static readonly string Fold =
        $"""
        CREATE OR REPLACE FUNCTION {SearchText.Function}(text) RETURNS text
        LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
          SELECT CASE WHEN octet_length($1) = length($1) THEN lower($1) ELSE translate(lower($1), '{Accented}', '{new string([.. Accented.Select(Plain)])}') END
        $$;
        """;

    private static string Accented => new([.. Enumerable.Range(0xC0, 0x17F - 0xC0).Select(c => (char)c).Where(c => Plain(c) != c)]);

    private static char Plain(char letter) => SearchText.Fold(letter.ToString())[0];

    /// <summary>Run at each start, under the lock of the schema.</summary>
    public static string All { get; } = string.Join('\n', Contact, Conversation, Lease, Append, Receive, Begin, Signal, GiveKept, Claim, Fence, TakeOver, StandDown, Books, Fold);
}
