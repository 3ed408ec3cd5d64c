-- How often a build was taken or taken away. What carries a smaller number is of a run that lost it.
alter table build add column if not exists fence bigint not null default 0;
-- Retention reads the builds of one appliance.
create index if not exists build_instance on build (instance, id desc);
-- When retention ran. The time without any of these, or a build, counts only up to a limit.
create table if not exists retention_mark (time bigint not null primary key);
