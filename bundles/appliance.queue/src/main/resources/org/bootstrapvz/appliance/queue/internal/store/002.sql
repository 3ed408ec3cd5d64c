-- H2 reads an index in its own order only, and builds are listed newest first.
create index if not exists build_newest_in_state on build (state, id desc);
drop index if exists build_state;
