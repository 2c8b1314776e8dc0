drop table payment_times;
drop table plan_reports;
drop table plan_results;
drop table evaluation_steps;
drop table evidence_files;
drop table measurements;
drop table rounds;
alter table plan_versions
    drop constraint plan_versions_name_an_edition_whole,
    drop constraint plan_versions_sealed_with_an_edition,
    drop column rulebook_edition,
    drop column rulebook_year;
drop table rulebook_opinions;
drop table rulebooks;
-- Of every comune: whoever migrates is of none. What came after the year goes back into it.
alter table plans no force row level security;
update plans set state = 'in_progress' where state in ('reporting', 'evaluated', 'report_adopted', 'report_validated', 'closed');
alter table plans force row level security;
alter table plans
    drop constraint plans_state_is_known,
    add constraint plans_state_is_known check (state in (
        'draft', 'proposed', 'under_review', 'approved', 'published', 'in_progress', 'in_variation'));
