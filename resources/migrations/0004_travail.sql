-- The work on dossiers: places pinned, points to watch, questions asked, who does what, what was read, acts to undo.
-- Frozen: a change is a new script, never an edit of this one.

-- What the committee or the convention should keep an eye on, said of one critere.
ALTER TABLE reponse ADD COLUMN vigilance TEXT NOT NULL DEFAULT '';

-- Questions to the porteur: collected per dossier, sent in one message, answered by a later import or by hand.
CREATE TABLE question (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    numero INTEGER NOT NULL REFERENCES dossier (numero),
    critere TEXT NOT NULL,
    texte TEXT NOT NULL,
    posee_le TEXT NOT NULL,
    auteur TEXT NOT NULL,
    envoyee_le TEXT,
    echeance TEXT,
    reponse TEXT NOT NULL DEFAULT '',
    repondue_le TEXT
) STRICT;

CREATE INDEX question_numero ON question (numero);

-- Who instructs a dossier, and the labels that a team puts on it: a JSON list, in the order they were put.
CREATE TABLE attribution (
    numero INTEGER PRIMARY KEY REFERENCES dossier (numero),
    instructeur TEXT NOT NULL,
    etiquettes TEXT NOT NULL
) STRICT;

-- Named views of the list: a JSON object with the filter, the order and the columns.
CREATE TABLE vue (
    nom TEXT PRIMARY KEY,
    rang INTEGER NOT NULL,
    contenu TEXT NOT NULL
) STRICT;

-- How far each piece was read and where it was left. vues: a JSON list of pages, from 1, that were in view.
CREATE TABLE lecture (
    numero INTEGER NOT NULL REFERENCES dossier (numero),
    empreinte TEXT NOT NULL,
    page INTEGER NOT NULL,
    zoom TEXT NOT NULL,
    vues TEXT NOT NULL,
    lue INTEGER NOT NULL CHECK (lue IN (0, 1)),
    le TEXT NOT NULL,
    PRIMARY KEY (numero, empreinte)
) STRICT;

-- Acts of the instructor that can be undone, in order. lot: the first of the acts done together, which are undone
-- together. avant and apres are the states of what the act changed: JSON objects. Unlike the journal, lines go when
-- an act is forgotten: a new act forgets those that were undone.
CREATE TABLE acte (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    lot INTEGER NOT NULL,
    genre TEXT NOT NULL,
    numero INTEGER NOT NULL REFERENCES dossier (numero),
    critere TEXT NOT NULL,
    nom TEXT NOT NULL,
    avant TEXT NOT NULL,
    apres TEXT NOT NULL,
    le TEXT NOT NULL,
    auteur TEXT NOT NULL,
    defait INTEGER NOT NULL DEFAULT 0 CHECK (defait IN (0, 1))
) STRICT;

CREATE INDEX acte_numero ON acte (numero);
CREATE INDEX acte_lot ON acte (lot);
CREATE INDEX acte_defait ON acte (defait) WHERE defait = 1;

-- What a team chose for its work and no rule reads: dates to keep, days worked. JSON values.
CREATE TABLE reglage (
    cle TEXT PRIMARY KEY,
    valeur TEXT NOT NULL
) STRICT;
