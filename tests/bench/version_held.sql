-- What `versions::document` asks for a caller that holds it already: the document is not touched.
-- Variables: comune, one, plan, held (an array of one digest).
BEGIN READ ONLY;
SET LOCAL app.comune = 'F471';
SELECT "plan_versions"."digest", CASE WHEN (("plan_versions"."digest" != ALL(:held))) THEN ("plan_versions"."document") END FROM "plan_versions" WHERE (("plan_versions"."comune" = :comune) AND ("plan_versions"."plan" = :plan)) ORDER BY "plan_versions"."number" DESC LIMIT :one;
COMMIT;
