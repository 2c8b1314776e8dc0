drop table plan_transitions, plan_versions, assignments, objectives, sections;
-- Of every comune: whoever migrates is of none.
alter table plans no force row level security;
delete from plans where state <> 'draft';
alter table plans force row level security;
alter table plans
    drop constraint plans_official_ones_are_sealed,
    drop constraint plans_state_is_known,
    add constraint plans_state_is_known check (state in ('draft')),
    drop column scale,
    drop column revision,
    drop column sealed;
