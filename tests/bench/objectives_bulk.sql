-- The work on the database of a bulk of 500 changed objectives, without what the service does to know what to store. Not its own
-- statements: it sends 500 rows as the parameters of one INSERT, and 500 digests it computed; here every write is one statement on
-- the rows that are there, which is the least PostgreSQL can do for the same rows, indexes, constraints and policies. The reads,
-- the locks and the order of the writes are the service's: `Workspace::open`, `objectives::all`, `objectives::store`,
-- `plans::turn_page`, `audit::append`. What is written to the trail is no chain: this database is made to be thrown away.
-- Variables: comune, one, bulk_plan, unit, bulk_first_day, bulk_last_day (of the plan's year).
BEGIN;
SET LOCAL app.comune = 'F471';
SET LOCAL lock_timeout = 900;
SELECT 1 FROM tenants WHERE comune = 'F471' FOR NO KEY UPDATE;
SELECT "plans"."comune", "plans"."id", "plans"."external_id", "plans"."year", "plans"."kind", "plans"."title", "plans"."state", "plans"."version", "plans"."scale", "plans"."revision", "plans"."sealed" FROM "plans" WHERE (("plans"."comune" = :comune) AND ("plans"."id" = :bulk_plan)) LIMIT :one;
SELECT "units"."comune", "units"."id", "units"."external_id", "units"."code", "units"."name", "units"."kind", "units"."parent", "units"."valid_from", "units"."valid_to", "units"."version", "units"."responsible", "units"."interim", "units"."staff", "units"."activities" FROM "units" WHERE ((("units"."comune" = :comune) AND ("units"."valid_from" <= :bulk_last_day)) AND (("units"."valid_to" IS NULL) OR ("units"."valid_to" >= :bulk_first_day))) ORDER BY "units"."code" ASC, "units"."id" ASC;
SELECT "objectives"."id", "objectives"."position", "objectives"."title", "objectives"."version", "objectives"."content" FROM "objectives" WHERE (("objectives"."comune" = :comune) AND ("objectives"."plan" = :bulk_plan)) ORDER BY "objectives"."position" ASC, "objectives"."id" ASC;
INSERT INTO objectives (comune, plan, id, external_id, position, version, content, title, kinds, programmes, responsibles, template, due_from, due_to, words)
    SELECT comune, plan, id, external_id, position, version + 1,
        replace(content::text, to_json(title)::text, to_json(new_title)::text)::json, new_title,
        kinds, programmes, responsibles, template, due_from, due_to, replace(words, title, new_title)
    FROM objectives, concat('Obiettivo ', lpad(CAST(position AS text), 3, '0'), ', stesura ', version + 1) AS new_title
    WHERE comune = :comune AND plan = :bulk_plan
    ON CONFLICT (comune, plan, id) DO UPDATE SET external_id = excluded.external_id, position = excluded.position,
        version = excluded.version, content = excluded.content, title = excluded.title, kinds = excluded.kinds,
        programmes = excluded.programmes, responsibles = excluded.responsibles, template = excluded.template,
        due_from = excluded.due_from, due_to = excluded.due_to, words = excluded.words;
DELETE FROM assignments WHERE comune = :comune AND plan = :bulk_plan
    AND objective = ANY(ARRAY(SELECT id FROM objectives WHERE comune = :comune AND plan = :bulk_plan));
INSERT INTO assignments (comune, plan, objective, unit)
    SELECT comune, plan, id, CAST(:unit AS uuid) FROM objectives WHERE comune = :comune AND plan = :bulk_plan;
UPDATE plans SET revision = revision + 1 WHERE comune = :comune AND id = :bulk_plan;
SELECT audit_seq, audit_digest FROM tenants WHERE comune = :comune LIMIT :one;
INSERT INTO audit_entries (comune, seq, at, member, actor, action, object, object_id, before, after, request_id, previous, digest)
    SELECT comune, audit_seq + number, now(), CAST(:unit AS uuid), 'member', 'edit_objectives', 'objective', CAST(id AS text),
        sha256(uuid_send(id)), state, CAST(:bulk_plan AS text), audit_digest, state
    FROM tenants, (
        SELECT id, row_number() OVER (ORDER BY position) AS number, sha256(convert_to(title, 'UTF8')) AS state
        FROM objectives WHERE comune = :comune AND plan = :bulk_plan
    ) AS changed
    WHERE comune = :comune;
UPDATE tenants SET audit_seq = audit_seq + 500, audit_digest = sha256(audit_digest) WHERE comune = :comune;
COMMIT;
