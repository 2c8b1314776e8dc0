-- What the comuni numbered :first to :last have published: every indicator of the catalogue, in four years. Of a hundred, eighty are
-- named to everybody, twelve are anonymous, eight are seen by nobody. And the registry they all stand in.
SET synchronous_commit = off;
SET ROLE traguardo_owner;

-- So many more indicators, in a template of ours, that there are fifty.
INSERT INTO templates (comune, code, number, author, published_at, digest, content)
    SELECT comune, 'BENCH', 1, author, now(), sha256('bench'),
        jsonb_set(content::jsonb, '{indicators}', (
            SELECT jsonb_agg(jsonb_set((content::jsonb -> 'indicators' -> 0), '{code}', to_jsonb('BENCH.i' || number)))
            FROM generate_series(1, 50) AS number))::json
    FROM templates WHERE code = 'T3' AND number = 1
    ON CONFLICT DO NOTHING;
CREATE TABLE IF NOT EXISTS national_indicators AS
    SELECT code, row_number() OVER (ORDER BY bench, code) AS number FROM (
        SELECT DISTINCT code = 'BENCH' AS bench, jsonb_array_elements(content::jsonb -> 'indicators') ->> 'code' AS code FROM templates
    ) AS every ORDER BY bench, code LIMIT 50;

INSERT INTO publications (comune, plan, number, year, published_at, at, certified, plan_version, digest, content)
    SELECT code, plan, year - 2020, year, make_date(year + 1, 6, 30), make_date(year, 12, 31), true, 1, sha256(code::bytea), '{}'
    FROM national_comuni, generate_series(2021, 2024) AS year WHERE number >= :first;
INSERT INTO facts (comune, indicator, year, definition, plan, publication, value, score, grade, shortfalls, certified, published_at, region, residents,
        group_mode, region_mode, public_mode)
    SELECT c.code, i.code, year, 1, c.plan, year - 2020, (made.drawn % 10000 / 100.0)::numeric(6, 2)::text, (made.drawn % 101)::text,
        substr('AAAABBCD', 1 + (made.drawn % 8)::integer, 1), '{}', true, make_date(year + 1, 6, 30), c.region, c.residents, made.mode, made.mode, made.mode
    FROM national_indicators AS i, generate_series(2021, 2024) AS year, national_comuni AS c,
        LATERAL (SELECT (c.number::bigint * 7919 + i.number * 104729 + year * 31) * 48271 % 2147483647 AS drawn,
            CASE WHEN c.number % 25 < 20 THEN 'named' WHEN c.number % 25 < 23 THEN 'anonymous' ELSE 'withheld' END AS mode) AS made
    WHERE c.number >= :first;

INSERT INTO registry_comuni (code, valid_from, name, province, region, residents, residents_on, area, altitude, invented)
    SELECT code, '1861-03-17', 'Comune nazionale ' || number, province, region, residents, '2023-12-31', (10 + number % 90)::text,
        (ARRAY['plain', 'inner_hill', 'inner_mountain'])[1 + number % 3], true
    FROM national_comuni WHERE number >= :first;
INSERT INTO registry_editions (number, loaded_at, source, state_on, entries)
    SELECT coalesce((SELECT max(number) FROM registry_editions), 0) + 1, now(), 'Comuni inventati per le misure', '2024-12-31', count(*) FROM registry_comuni;
