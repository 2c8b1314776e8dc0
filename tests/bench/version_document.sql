-- What `versions::document` asks for a caller that holds nothing. Variables: comune, one, plan, nothing (an empty array).
BEGIN READ ONLY;
SET LOCAL app.comune = 'F471';
SELECT "plan_versions"."digest", CASE WHEN (("plan_versions"."digest" != ALL(:nothing))) THEN ("plan_versions"."document") END FROM "plan_versions" WHERE (("plan_versions"."comune" = :comune) AND ("plan_versions"."plan" = :plan)) ORDER BY "plan_versions"."number" DESC LIMIT :one;
COMMIT;
