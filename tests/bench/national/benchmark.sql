-- The floor of one comparison: every statement it makes, of one indicator of one year, everywhere. Variables: indicator, one_year.
BEGIN READ ONLY;
SELECT DISTINCT ON (code) code, content FROM templates WHERE code = any(array[split_part(:indicator, '.', 1)]) ORDER BY code, number DESC;
SELECT max(number) FROM registry_editions;
SELECT indicator, year, comune, definition, value, score, grade, published_at, region, residents,
    group_mode, group_from, region_mode, region_from, public_mode, public_from
FROM facts WHERE indicator = any(array[:indicator]) AND year = any(array[:one_year::smallint]) ORDER BY indicator, year, comune;
SELECT i.indicator, y.year, w.comune FROM unnest(array[:indicator]) AS i(indicator), unnest(array[:one_year::smallint]) AS y(year),
    facts_withheld(i.indicator, y.year) AS w;
COMMIT;
