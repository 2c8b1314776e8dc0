-- The floor of one comparison: one indicator of one year, everywhere. Variables: indicator, one_year.
BEGIN READ ONLY;
SELECT max(number) FROM registry_editions;
SELECT comune, region, residents, value, score, grade, definition, group_mode, group_from, region_mode, region_from, public_mode, public_from
FROM facts WHERE indicator = :indicator AND year = :one_year;
COMMIT;
