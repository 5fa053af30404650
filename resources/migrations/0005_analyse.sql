-- The analysis: what the instructor copies from accounts and budgets or retains of them, and the lists of the campagne
-- that findings are compared with.
-- Frozen: a change is a new script, never an edit of this one.

-- One thing that was typed or retained: «comptes/2024/produits» → a JSON value. le: when it was written last.
CREATE TABLE analyse (
    numero INTEGER NOT NULL REFERENCES dossier (numero),
    cle TEXT NOT NULL,
    valeur TEXT NOT NULL,
    le TEXT NOT NULL,
    PRIMARY KEY (numero, cle)
) STRICT, WITHOUT ROWID;

-- A list of the campagne that takes the place of the one shipped with the program: its text, as CSV.
CREATE TABLE referentiel (
    nom TEXT PRIMARY KEY,
    contenu TEXT NOT NULL,
    origine TEXT NOT NULL,
    le TEXT NOT NULL,
    auteur TEXT NOT NULL
) STRICT;

-- Derived, can be emptied at any time: what one dossier says that others are compared with. Like the table resume,
-- a line holds for the record and for the rules that it was computed from.
CREATE TABLE panorama (
    numero INTEGER PRIMARY KEY REFERENCES dossier (numero),
    empreinte TEXT NOT NULL,
    regles TEXT NOT NULL,
    contenu TEXT NOT NULL
) STRICT;
