drop table import_profiles;
drop table imports;
