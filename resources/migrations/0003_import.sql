-- Pieces, what an import remembers of its file, how it is undone, and what makes an answer «à reconfirmer».
-- Frozen: a change is a new script, never an edit of this one.

-- lot: the first of the imports made together, which are undone together; 0 before this script: alone.
-- lecture: fingerprint of the readers and of the correspondence that read the file, «» when unknown.
-- numeros: dossiers that the file holds, a JSON list; pieces: what an archive brought, a JSON object.
-- lues: how many of anomalies, which come first, were found by reading the file alone.
ALTER TABLE import_ ADD COLUMN lot INTEGER NOT NULL DEFAULT 0;
ALTER TABLE import_ ADD COLUMN lecture TEXT NOT NULL DEFAULT '';
ALTER TABLE import_ ADD COLUMN numeros TEXT NOT NULL DEFAULT '[]';
ALTER TABLE import_ ADD COLUMN lues INTEGER NOT NULL DEFAULT 0;
ALTER TABLE import_ ADD COLUMN pieces TEXT NOT NULL DEFAULT '{}';
ALTER TABLE import_ ADD COLUMN annule_le TEXT;
ALTER TABLE import_ ADD COLUMN annule_par TEXT NOT NULL DEFAULT '';

-- Headers of each file as it came, before anything kept from older imports is added to them.
CREATE TABLE import_colonnes (
    import_id INTEGER NOT NULL REFERENCES import_ (id),
    rang INTEGER NOT NULL,
    colonnes TEXT NOT NULL REFERENCES colonnes (id),
    PRIMARY KEY (import_id, rang)
) STRICT;

-- What imports changed under an answer of the instructor: a JSON list of objects (libelle, avant, apres), oldest
-- first, emptied when the answer is confirmed or written again.
ALTER TABLE reponse ADD COLUMN changements TEXT NOT NULL DEFAULT '[]';

-- One line for each file received for a dossier; the bytes are in pieces/, under their SHA-256. A file that a newer
-- archive replaced stays, with the import that replaced it. crc and taille tell it from another without its bytes.
CREATE TABLE piece (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    numero INTEGER NOT NULL REFERENCES dossier (numero),
    genre TEXT NOT NULL,
    nom TEXT NOT NULL,
    chemin TEXT NOT NULL,
    empreinte TEXT NOT NULL,
    taille INTEGER NOT NULL,
    crc INTEGER NOT NULL,
    depose_le TEXT,
    pages INTEGER,
    import_id INTEGER NOT NULL REFERENCES import_ (id),
    remplacee_par INTEGER REFERENCES import_ (id)
) STRICT;

CREATE INDEX piece_numero ON piece (numero);
CREATE INDEX piece_empreinte ON piece (empreinte, pages);

-- Files that the platform said it could not put in an archive («LISTE-DES-FICHIERS-EN-ERREURS»).
CREATE TABLE piece_en_erreur (
    import_id INTEGER NOT NULL REFERENCES import_ (id),
    numero INTEGER REFERENCES dossier (numero),
    nom TEXT NOT NULL,
    PRIMARY KEY (import_id, numero, nom)
) STRICT;
