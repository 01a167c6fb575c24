-- Search by a part of a nickname reads a trigram index.
create extension if not exists pg_trgm;
