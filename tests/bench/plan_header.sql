-- What `plans::look_up` asks. Variables: comune, one, plan.
BEGIN READ ONLY;
SET LOCAL app.comune = 'F471';
SELECT "plans"."comune", "plans"."id", "plans"."external_id", "plans"."year", "plans"."kind", "plans"."title", "plans"."state", "plans"."version", "plans"."scale", "plans"."revision", "plans"."sealed" FROM "plans" WHERE (("plans"."comune" = :comune) AND ("plans"."id" = :plan)) LIMIT :one;
COMMIT;
