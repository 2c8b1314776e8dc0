drop table comune_identifiers;
drop table comuni;
