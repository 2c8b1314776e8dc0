-- The work on the database of one value that is recorded: the header, the objective it is of, the rounds, the value, its link in the
-- trail. The value's JSON is taken from one that is there. What is written to the trail is no chain: this database is made to be thrown
-- away. Variables: comune, one, year_plan, measured (an objective).
\set other random(0, 499)
BEGIN;
SET LOCAL app.comune = 'F471';
SET LOCAL lock_timeout = 900;
SELECT 1 FROM tenants WHERE comune = 'F471' FOR NO KEY UPDATE;
SELECT "plans"."comune", "plans"."id", "plans"."external_id", "plans"."year", "plans"."kind", "plans"."title", "plans"."state", "plans"."version", "plans"."scale", "plans"."revision", "plans"."sealed" FROM "plans" WHERE (("plans"."comune" = :comune) AND ("plans"."id" = :year_plan)) LIMIT :one;
SELECT "objectives"."id", "objectives"."position", "objectives"."title", "objectives"."version", "objectives"."content" FROM "objectives" WHERE (("objectives"."comune" = :comune) AND ("objectives"."plan" = :year_plan) AND ("objectives"."id" = CAST(:measured AS uuid))) LIMIT :one;
SELECT "rounds"."version", "rounds"."content" FROM "rounds" WHERE (("rounds"."comune" = :comune) AND ("rounds"."plan" = :year_plan));
INSERT INTO measurements (comune, plan, id, subject, period_to, recorded_at, recorded_by, content)
    SELECT comune, plan, gen_random_uuid(), subject, period_to, now(), recorded_by, content
    FROM measurements WHERE comune = :comune AND plan = :year_plan LIMIT :one OFFSET :other;
SELECT audit_seq, audit_digest FROM tenants WHERE comune = :comune LIMIT :one;
INSERT INTO audit_entries (comune, seq, at, member, actor, action, object, object_id, after, request_id, previous, digest)
    SELECT comune, audit_seq + 1, now(), CAST(:unit AS uuid), 'member', 'record_measurements', 'measurement', 'x',
        audit_digest, CAST(:year_plan AS text), audit_digest, sha256(audit_digest)
    FROM tenants WHERE comune = :comune;
UPDATE tenants SET audit_seq = audit_seq + 1, audit_digest = sha256(audit_digest) WHERE comune = :comune;
COMMIT;
