-- Artefacts that are not files of the appliance; kind is empty for those that are.
alter table artefact add column if not exists kind varchar(100) not null default '';
alter table artefact add column if not exists account varchar not null default '';
alter table artefact add column if not exists region varchar not null default '';
alter table artefact add column if not exists link varchar not null default '';
