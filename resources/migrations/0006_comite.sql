-- The committee: what it has of its own, by key: «membres», «decision/24000012» → a JSON value. Every change is in the
-- journal, which verification compares with this table.
-- Frozen: a change is a new script, never an edit of this one.
CREATE TABLE comite (
    cle TEXT PRIMARY KEY,
    valeur TEXT NOT NULL,
    le TEXT NOT NULL,
    auteur TEXT NOT NULL
) STRICT, WITHOUT ROWID;
