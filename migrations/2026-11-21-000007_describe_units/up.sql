alter table units
    add column responsible text,
    add column interim boolean not null default false,
    add column staff json not null default '[]',
    add column activities text,
    add constraint units_responsible_fits check (char_length(responsible) between 1 and 200),
    add constraint units_staff_is_a_list check (json_typeof(staff) = 'array'),
    add constraint units_activities_fit check (char_length(activities) between 1 and 20000);
