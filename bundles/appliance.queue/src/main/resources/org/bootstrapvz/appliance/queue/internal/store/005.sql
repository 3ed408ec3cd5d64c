-- What people did to a build, as JSON.
alter table build_document add column if not exists actions varchar not null default '[]';
