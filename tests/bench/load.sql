-- The larger data set: 200 invented comuni (X000 to X199) beside those of the demo, each with 30 units and 3 plans, one of them with
-- 50 objectives of the demo's longest plan, written as the application's role under row security and with every constraint on.
-- The comuni of the demo stay as they are: what is measured is theirs. Loading twice changes nothing.
SET ROLE traguardo_app;
DO $load$
DECLARE
    tenant text;
    models objectives[];
BEGIN
    PERFORM set_config('app.comune', 'F471', true);
    -- Their contents name structures and an id that are not the other comune's: they are there to be large, and nobody reads them.
    SELECT array_agg(objectives ORDER BY position) INTO models FROM objectives
        WHERE comune = 'F471' AND position <= 50
            AND plan = (SELECT id FROM plans WHERE comune = 'F471' AND state = 'in_progress' ORDER BY year LIMIT 1);
    FOR tenant IN SELECT 'X' || lpad(number::text, 3, '0') FROM generate_series(0, 199) AS number
    LOOP
        PERFORM set_config('app.comune', tenant, true);
        INSERT INTO tenants (comune) VALUES (tenant) ON CONFLICT DO NOTHING;
        INSERT INTO comuni (comune, name, province, region, residents, residents_on)
            VALUES (tenant, 'Comune ' || tenant, 'MI', '03', 5000 + ascii(right(tenant, 1)) * 37, '2023-12-31')
            ON CONFLICT DO NOTHING;
        INSERT INTO comune_identifiers (comune, scheme, value, valid_from)
            SELECT tenant, register.scheme, register.value, '1861-03-17'
            FROM (VALUES ('istat', '999' || right(tenant, 3)), ('ipa', 'c_' || lower(tenant))) AS register (scheme, value)
            ON CONFLICT DO NOTHING;
        INSERT INTO units (comune, id, external_id, code, name, kind, valid_from)
            SELECT tenant, gen_random_uuid(), 'bench:area-' || area, 'B-AREA-' || area, 'Area ' || area, 'area', '2020-01-01'
            FROM generate_series(1, 5) AS area
            ON CONFLICT DO NOTHING;
        INSERT INTO units (comune, id, external_id, code, name, kind, parent, valid_from)
            SELECT tenant, gen_random_uuid(), above.external_id || '.' || office, above.code || '.' || office,
                'Servizio ' || office || ' di ' || above.name, 'service', above.id, '2020-01-01'
            FROM units AS above, generate_series(1, 5) AS office
            WHERE above.comune = tenant AND above.external_id ~ '^bench:area-[0-9]$'
            ON CONFLICT DO NOTHING;
        INSERT INTO plans (comune, id, external_id, year, kind, title, state)
            SELECT tenant, gen_random_uuid(), 'bench:plan-' || year, year, 'peg_pdo', 'Piano dettagliato degli obiettivi ' || year, 'draft'
            FROM generate_series(2022, 2024) AS year
            ON CONFLICT DO NOTHING;
        INSERT INTO objectives (comune, plan, id, external_id, position, content, title, kinds, programmes, responsibles, template,
                due_from, due_to, words)
            SELECT tenant, plans.id, gen_random_uuid(), model.external_id, model.position, model.content, model.title, model.kinds,
                model.programmes, model.responsibles, model.template, model.due_from, model.due_to, model.words
            FROM plans, unnest(models) AS model
            WHERE plans.comune = tenant AND plans.external_id = 'bench:plan-2024'
                AND NOT EXISTS (SELECT FROM objectives WHERE objectives.comune = tenant);
        INSERT INTO assignments (comune, plan, objective, unit)
            SELECT tenant, objectives.plan, objectives.id, units.id
            FROM objectives JOIN units ON units.comune = tenant AND units.external_id = 'bench:area-' || 1 + objectives.position % 5
            WHERE objectives.comune = tenant
            ON CONFLICT DO NOTHING;
    END LOOP;
END
$load$;
