-- What `plans::look_up` and `plan_documents::read` ask. Variables: comune, one, plan, first_day, last_day (of the plan's year).
BEGIN READ ONLY;
SET LOCAL app.comune = 'F471';
SELECT "plans"."comune", "plans"."id", "plans"."external_id", "plans"."year", "plans"."kind", "plans"."title", "plans"."state", "plans"."version", "plans"."scale", "plans"."revision", "plans"."sealed" FROM "plans" WHERE (("plans"."comune" = :comune) AND ("plans"."id" = :plan)) LIMIT :one;
SELECT "units"."comune", "units"."id", "units"."external_id", "units"."code", "units"."name", "units"."kind", "units"."parent", "units"."valid_from", "units"."valid_to", "units"."version", "units"."responsible", "units"."interim", "units"."staff", "units"."activities" FROM "units" WHERE ((("units"."comune" = :comune) AND ("units"."valid_from" <= :last_day)) AND (("units"."valid_to" IS NULL) OR ("units"."valid_to" >= :first_day))) ORDER BY "units"."code" ASC, "units"."id" ASC;
SELECT "sections"."position", "sections"."version", "sections"."content" FROM "sections" WHERE (("sections"."comune" = :comune) AND ("sections"."plan" = :plan)) ORDER BY "sections"."position" ASC, "sections"."id" ASC;
SELECT "objectives"."id", "objectives"."position", "objectives"."title", "objectives"."version", "objectives"."content" FROM "objectives" WHERE (("objectives"."comune" = :comune) AND ("objectives"."plan" = :plan)) ORDER BY "objectives"."position" ASC, "objectives"."id" ASC;
COMMIT;
