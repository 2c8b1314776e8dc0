-- The work on the database of 500 values recorded at once, set by set: the header, every objective, the rounds, the values, their links
-- in the trail. Their JSON is taken from values that are there. What is written to the trail is no chain: this database is made to be
-- thrown away. Variables: comune, one, year_plan, unit.
BEGIN;
SET LOCAL app.comune = 'F471';
SET LOCAL lock_timeout = 900;
SELECT 1 FROM tenants WHERE comune = 'F471' FOR NO KEY UPDATE;
SELECT "plans"."comune", "plans"."id", "plans"."external_id", "plans"."year", "plans"."kind", "plans"."title", "plans"."state", "plans"."version", "plans"."scale", "plans"."revision", "plans"."sealed" FROM "plans" WHERE (("plans"."comune" = :comune) AND ("plans"."id" = :year_plan)) LIMIT :one;
SELECT "objectives"."id", "objectives"."position", "objectives"."title", "objectives"."version", "objectives"."content" FROM "objectives" WHERE (("objectives"."comune" = :comune) AND ("objectives"."plan" = :year_plan)) ORDER BY "objectives"."position" ASC, "objectives"."id" ASC;
SELECT "rounds"."version", "rounds"."content" FROM "rounds" WHERE (("rounds"."comune" = :comune) AND ("rounds"."plan" = :year_plan));
INSERT INTO measurements (comune, plan, id, subject, period_to, recorded_at, recorded_by, content)
    SELECT comune, plan, gen_random_uuid(), subject, period_to, now(), recorded_by, content
    FROM measurements WHERE comune = :comune AND plan = :year_plan LIMIT 500;
SELECT audit_seq, audit_digest FROM tenants WHERE comune = :comune LIMIT :one;
INSERT INTO audit_entries (comune, seq, at, member, actor, action, object, object_id, after, request_id, previous, digest)
    SELECT comune, audit_seq + number, now(), CAST(:unit AS uuid), 'member', 'record_measurements', 'measurement', CAST(number AS text),
        audit_digest, CAST(:year_plan AS text), audit_digest, sha256(audit_digest)
    FROM tenants, generate_series(1, 500) AS number WHERE comune = :comune;
UPDATE tenants SET audit_seq = audit_seq + 500, audit_digest = sha256(audit_digest) WHERE comune = :comune;
COMMIT;
