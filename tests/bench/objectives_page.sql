-- What `plans::look_up` and `objectives::list` ask: the page and one row more. Variables: comune, one, plan,
-- page (how many rows that is).
BEGIN READ ONLY;
SET LOCAL app.comune = 'F471';
SELECT "plans"."comune", "plans"."id", "plans"."external_id", "plans"."year", "plans"."kind", "plans"."title", "plans"."state", "plans"."version", "plans"."scale", "plans"."revision", "plans"."sealed" FROM "plans" WHERE (("plans"."comune" = :comune) AND ("plans"."id" = :plan)) LIMIT :one;
SELECT "objectives"."id", "objectives"."position", "objectives"."title", "objectives"."version", "objectives"."content" FROM "objectives" WHERE (("objectives"."comune" = :comune) AND ("objectives"."plan" = :plan)) ORDER BY "objectives"."position" ASC, "objectives"."id" ASC LIMIT :page;
COMMIT;
