-- What `objectives::read` asks; of a plan named by its id nothing is read. Variables: comune, one, plan, objective.
BEGIN READ ONLY;
SET LOCAL app.comune = 'F471';
SELECT "objectives"."id", "objectives"."position", "objectives"."title", "objectives"."version", "objectives"."content" FROM "objectives" WHERE ((("objectives"."comune" = :comune) AND ("objectives"."plan" = :plan)) AND ("objectives"."id" = :objective)) LIMIT :one;
COMMIT;
