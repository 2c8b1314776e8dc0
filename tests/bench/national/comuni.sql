-- The comuni numbered :first to :last of a country of our own: who they are, their structures, a plan of 60 objectives each with two or
-- three indicators, four values of each. As the owner, with the constraints of the large tables away (national.py brings them back).
-- Their contents are those of the demo's longest plan: they are there to be many, and nobody reads them.
SET synchronous_commit = off;
SET ROLE traguardo_owner;

CREATE TABLE IF NOT EXISTS national_comuni (number integer PRIMARY KEY, code text, region text, province text, residents integer, plan uuid);

-- Residents as the classes of art. 156 of the TUEL are filled, spread over the numbers by a step that shares no factor with them.
INSERT INTO national_comuni
SELECT number, substr('ABCDEHIM', 1 + number / 1000, 1) || lpad((number % 1000)::text, 3, '0'),
    lpad((1 + number % 20)::text, 2, '0'), chr(65 + number % 20) || chr(65 + (number / 20) % 6),
    class.least + (number::bigint * 7919 % (class.most - class.least + 1))::integer, gen_random_uuid()
FROM generate_series(:first, :last) AS number
JOIN (VALUES (0, 773, 30, 499), (773, 1832, 500, 999), (1832, 3390, 1000, 1999), (3390, 4355, 2000, 2999), (4355, 5490, 3000, 4999),
        (5490, 6687, 5000, 9999), (6687, 7396, 10000, 19999), (7396, 7802, 20000, 59999), (7802, 7858, 60000, 99999),
        (7858, 7892, 100000, 249999), (7892, 7898, 250000, 499999), (7898, 7904, 500000, 2800000))
    AS class (after, upto, least, most) ON number::bigint * 3571 % 7904 >= class.after AND number::bigint * 3571 % 7904 < class.upto;

INSERT INTO tenants (comune) SELECT code FROM national_comuni WHERE number >= :first;
INSERT INTO comuni (comune, name, province, region, residents, residents_on)
    SELECT code, 'Comune nazionale ' || number, province, region, residents, '2023-12-31' FROM national_comuni WHERE number >= :first;
INSERT INTO units (comune, id, external_id, code, name, kind, valid_from)
    SELECT code, gen_random_uuid(), 'bench:area-' || area, 'N-AREA-' || area, 'Area ' || area, 'area', '2020-01-01'
    FROM national_comuni, generate_series(1, 6) AS area WHERE number >= :first;
INSERT INTO plans (comune, id, external_id, year, kind, title, state, sealed)
    SELECT code, plan, 'bench:national', 2024, 'peg_pdo', 'Piano dettagliato degli obiettivi 2024', 'in_progress', 1
    FROM national_comuni WHERE number >= :first;
INSERT INTO plan_versions (comune, plan, number, sealed_at, digest, act, size, document)
    SELECT code, plan, 1, '2024-01-31T09:00:00Z', sha256(code::bytea), '{"kind": "giunta_resolution", "number": "1", "date": "2024-01-31"}', 1, '\x00'
    FROM national_comuni WHERE number >= :first;

-- Sixty models, the indicators of each written twice or three times over.
CREATE TABLE IF NOT EXISTS national_models AS
    SELECT position, external_id, title, kinds, programmes, responsibles, template, due_from, due_to, words, position % 2 + 2 AS measured,
        jsonb_set(content::jsonb, '{indicators}', (
            SELECT coalesce(jsonb_agg(one), '[]') FROM generate_series(1, position % 2 + 2), jsonb_array_elements(content::jsonb -> 'indicators') AS one
        ))::json AS content
    FROM objectives
    WHERE comune = 'F471' AND position <= 60 AND plan = (SELECT id FROM plans WHERE comune = 'F471' AND state = 'in_progress' ORDER BY year LIMIT 1);

INSERT INTO objectives (comune, plan, id, external_id, position, content, title, kinds, programmes, responsibles, template, due_from, due_to, words)
    SELECT code, plan, md5(code || model.position)::uuid, model.external_id, model.position, model.content, model.title, model.kinds,
        model.programmes, model.responsibles, model.template, model.due_from, model.due_to, model.words
    FROM national_comuni, national_models AS model WHERE number >= :first;
INSERT INTO assignments (comune, plan, objective, unit)
    SELECT c.code, c.plan, md5(c.code || model.position)::uuid, units.id
    FROM national_comuni AS c JOIN units ON units.comune = c.code, national_models AS model
    WHERE c.number >= :first AND units.external_id = 'bench:area-' || 1 + model.position % 6;
INSERT INTO measurements (comune, plan, id, subject, period_to, recorded_at, recorded_by, content)
    SELECT code, plan, made.id, made.subject, made.until, made.until + time '10:00', plan,
        ('{"id":"' || made.id || '","subject":{"type":"indicator","id":"' || made.subject || '"},"objective":"' || made.subject
            || '","period":{"from":"2024-01-01","to":"' || made.until || '"},"value":{"type":"number","figure":"' || (number * 31 + model.position) % 101
            || '"},"standing":"final","origin":"integration","source":"Gestionale","recorded_at":"' || made.until || 'T10:00:00Z","recorded_by":"'
            || plan || '"}')::json
    FROM national_comuni, national_models AS model, generate_series(1, model.measured) AS indicator,
        generate_series(0, 3) AS quarter,
        LATERAL (SELECT gen_random_uuid() AS id, md5(code || model.position || '/' || indicator)::uuid AS subject,
            (date '2024-03-31' + quarter * interval '3 months')::date AS until) AS made
    WHERE number >= :first;
