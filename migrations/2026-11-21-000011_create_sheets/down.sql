drop function persons.figures(smallint);
drop table persons.kept_figures;
drop table persons.sheets;
