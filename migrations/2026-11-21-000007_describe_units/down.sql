alter table units drop column responsible, drop column interim, drop column staff, drop column activities;
