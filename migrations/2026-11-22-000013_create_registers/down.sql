drop function training_lines(date, date);
drop table feeds, feeder_settings, payments, invoices, register_entries, registers;
