-- What `results::inputs` asks for a plan that is sealed: the header, its versions without their documents, the document, the rulebook of
-- the year, every value, every step of an evaluation. Variables: comune, one, plan, year.
BEGIN READ ONLY;
SET LOCAL app.comune = 'F471';
SELECT "plans"."comune", "plans"."id", "plans"."external_id", "plans"."year", "plans"."kind", "plans"."title", "plans"."state", "plans"."version", "plans"."scale", "plans"."revision", "plans"."sealed" FROM "plans" WHERE (("plans"."comune" = :comune) AND ("plans"."id" = :plan)) LIMIT :one;
SELECT "plan_versions"."plan", "plan_versions"."number", "plan_versions"."sealed_at", "plan_versions"."digest", "plan_versions"."act", "plan_versions"."reason", "plan_versions"."size", "plan_versions"."rulebook_year", "plan_versions"."rulebook_edition" FROM "plan_versions" WHERE (("plan_versions"."comune" = :comune) AND ("plan_versions"."plan" = :plan)) ORDER BY "plan_versions"."number" DESC;
SELECT "plan_versions"."digest", CASE WHEN ("plan_versions"."digest" != ALL(CAST(:nothing AS bytea[]))) THEN "plan_versions"."document" END FROM "plan_versions" WHERE ((("plan_versions"."comune" = :comune) AND ("plan_versions"."plan" = :plan)) AND ("plan_versions"."number" = :one)) LIMIT :one;
SELECT "rulebooks"."year", "rulebooks"."edition", "rulebooks"."shipped", "rulebooks"."recorded_at", "rulebooks"."member", "rulebooks"."digest", "rulebooks"."content" FROM "rulebooks" WHERE (("rulebooks"."comune" = :comune) AND ("rulebooks"."year" = :year)) ORDER BY "rulebooks"."edition" DESC LIMIT :one;
SELECT "measurements"."content" FROM "measurements" WHERE (("measurements"."comune" = :comune) AND ("measurements"."plan" = :plan)) ORDER BY "measurements"."recorded_at" ASC, "measurements"."id" ASC;
SELECT "evaluation_steps"."assignment", "evaluation_steps"."content" FROM "evaluation_steps" WHERE (("evaluation_steps"."comune" = :comune) AND ("evaluation_steps"."plan" = :plan)) ORDER BY "evaluation_steps"."assignment" ASC, "evaluation_steps"."number" ASC;
COMMIT;
