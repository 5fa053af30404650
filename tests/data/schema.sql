CREATE INDEX acte_defait ON acte (defait) WHERE defait = 1;

CREATE INDEX acte_lot ON acte (lot);

CREATE INDEX acte_numero ON acte (numero);

CREATE INDEX dossier_liste ON dossier (
    depot, numero, etat, porteur, siret, intitule, departements, cout_total_cents, demande_cents, beneficiaires,
    recherche, empreinte
);

CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");

CREATE INDEX journal_numero ON journal (numero);

CREATE INDEX note_numero ON note (numero);

CREATE INDEX piece_empreinte ON piece (empreinte, pages);

CREATE INDEX piece_numero ON piece (numero);

CREATE INDEX question_numero ON question (numero);

CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
) STRICT;

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

CREATE TABLE analyse (
    numero INTEGER NOT NULL REFERENCES dossier (numero),
    cle TEXT NOT NULL,
    valeur TEXT NOT NULL,
    le TEXT NOT NULL,
    PRIMARY KEY (numero, cle)
) STRICT, WITHOUT ROWID;

CREATE TABLE attribution (
    numero INTEGER PRIMARY KEY REFERENCES dossier (numero),
    instructeur TEXT NOT NULL,
    etiquettes TEXT NOT NULL
) STRICT;

CREATE TABLE campagne (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    nom TEXT NOT NULL,
    cree_le TEXT NOT NULL,
    parametres TEXT NOT NULL,
    correspondance TEXT NOT NULL,
    grille TEXT NOT NULL,
    version INTEGER NOT NULL,
    FOREIGN KEY (grille, version) REFERENCES grille (id, version)
) STRICT;

CREATE TABLE colonnes (
    id TEXT PRIMARY KEY,
    json TEXT NOT NULL
) STRICT;

CREATE TABLE comite (
    cle TEXT PRIMARY KEY,
    valeur TEXT NOT NULL,
    le TEXT NOT NULL,
    auteur TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE dossier (
    numero INTEGER PRIMARY KEY,
    etat TEXT,
    depot TEXT,
    mise_a_jour TEXT,
    porteur TEXT NOT NULL,
    siret TEXT NOT NULL,
    intitule TEXT NOT NULL,
    departements TEXT NOT NULL,
    cout_total_cents INTEGER,
    demande_cents INTEGER,
    beneficiaires INTEGER,
    recherche TEXT NOT NULL,
    colonnes TEXT NOT NULL REFERENCES colonnes (id),
    empreinte TEXT NOT NULL,
    import_id INTEGER NOT NULL REFERENCES import_ (id),
    contenu TEXT NOT NULL
) STRICT;

CREATE TABLE dossier_version (
    numero INTEGER NOT NULL REFERENCES dossier (numero),
    import_id INTEGER NOT NULL REFERENCES import_ (id),
    colonnes TEXT NOT NULL REFERENCES colonnes (id),
    contenu TEXT NOT NULL,
    empreinte TEXT NOT NULL,
    remplace_le TEXT NOT NULL,
    PRIMARY KEY (numero, import_id)
) STRICT;

CREATE TABLE evaluation (
    numero INTEGER PRIMARY KEY REFERENCES dossier (numero),
    grille TEXT NOT NULL,
    version INTEGER NOT NULL,
    etat TEXT NOT NULL,
    avis TEXT,
    motif TEXT NOT NULL DEFAULT '',
    reserves TEXT NOT NULL DEFAULT '',
    montants TEXT NOT NULL DEFAULT '{}',
    points_forts TEXT NOT NULL DEFAULT '',
    points_faibles TEXT NOT NULL DEFAULT '',
    instructeur TEXT NOT NULL DEFAULT '',
    finalisee_le TEXT,
    empreinte TEXT NOT NULL DEFAULT '',
    FOREIGN KEY (grille, version) REFERENCES grille (id, version)
) STRICT;

CREATE TABLE grille (
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    toml TEXT NOT NULL,
    PRIMARY KEY (id, version)
) STRICT;

CREATE TABLE import_ (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    fichier TEXT NOT NULL,
    empreinte TEXT NOT NULL,
    origine TEXT NOT NULL,
    le TEXT NOT NULL,
    auteur TEXT NOT NULL,
    date_fichier TEXT,
    demarche TEXT NOT NULL,
    nouveaux INTEGER NOT NULL,
    modifies INTEGER NOT NULL,
    inchanges INTEGER NOT NULL,
    refuses TEXT NOT NULL,
    anomalies TEXT NOT NULL,
    absents TEXT NOT NULL
, lot INTEGER NOT NULL DEFAULT 0, lecture TEXT NOT NULL DEFAULT '', numeros TEXT NOT NULL DEFAULT '[]', lues INTEGER NOT NULL DEFAULT 0, pieces TEXT NOT NULL DEFAULT '{}', annule_le TEXT, annule_par TEXT NOT NULL DEFAULT '') STRICT;

CREATE TABLE import_colonnes (
    import_id INTEGER NOT NULL REFERENCES import_ (id),
    rang INTEGER NOT NULL,
    colonnes TEXT NOT NULL REFERENCES colonnes (id),
    PRIMARY KEY (import_id, rang)
) STRICT;

CREATE TABLE journal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    le TEXT NOT NULL,
    auteur TEXT NOT NULL,
    action TEXT NOT NULL,
    numero INTEGER,
    critere TEXT NOT NULL,
    avant TEXT NOT NULL,
    apres TEXT NOT NULL,
    precedent TEXT NOT NULL,
    empreinte TEXT NOT NULL
) STRICT;

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

CREATE TABLE note (
    id INTEGER PRIMARY KEY,
    numero INTEGER NOT NULL REFERENCES dossier (numero),
    fichier TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    pages INTEGER NOT NULL,
    le TEXT NOT NULL,
    empreinte_donnees TEXT NOT NULL,
    projet INTEGER NOT NULL CHECK (projet IN (0, 1))
) STRICT;

CREATE TABLE panorama (
    numero INTEGER PRIMARY KEY REFERENCES dossier (numero),
    empreinte TEXT NOT NULL,
    regles TEXT NOT NULL,
    contenu TEXT NOT NULL
) STRICT;

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

CREATE TABLE piece_en_erreur (
    import_id INTEGER NOT NULL REFERENCES import_ (id),
    numero INTEGER REFERENCES dossier (numero),
    nom TEXT NOT NULL,
    PRIMARY KEY (import_id, numero, nom)
) STRICT;

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

CREATE TABLE referentiel (
    nom TEXT PRIMARY KEY,
    contenu TEXT NOT NULL,
    origine TEXT NOT NULL,
    le TEXT NOT NULL,
    auteur TEXT NOT NULL
) STRICT;

CREATE TABLE reglage (
    cle TEXT PRIMARY KEY,
    valeur TEXT NOT NULL
) STRICT;

CREATE TABLE reponse (
    numero INTEGER NOT NULL REFERENCES evaluation (numero),
    critere TEXT NOT NULL,
    valeur TEXT NOT NULL,
    commentaire TEXT NOT NULL,
    decision TEXT,
    motif TEXT NOT NULL,
    preuves TEXT NOT NULL,
    a_reconfirmer INTEGER NOT NULL CHECK (a_reconfirmer IN (0, 1)),
    modifiee TEXT NOT NULL,
    auteur TEXT NOT NULL, changements TEXT NOT NULL DEFAULT '[]', vigilance TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (numero, critere)
) STRICT;

CREATE TABLE resume (
    numero INTEGER PRIMARY KEY REFERENCES dossier (numero),
    empreinte TEXT NOT NULL,
    regles TEXT NOT NULL,
    priorite TEXT NOT NULL,
    controle TEXT NOT NULL,
    libelle TEXT NOT NULL,
    publics TEXT NOT NULL
) STRICT;

CREATE TABLE sqlite_sequence(name,seq);

CREATE TABLE vue (
    nom TEXT PRIMARY KEY,
    rang INTEGER NOT NULL,
    contenu TEXT NOT NULL
) STRICT;

CREATE TRIGGER journal_sans_modification BEFORE UPDATE ON journal
BEGIN
    SELECT RAISE(ABORT, 'journal en ajout seul');
END;

CREATE TRIGGER journal_sans_suppression BEFORE DELETE ON journal
BEGIN
    SELECT RAISE(ABORT, 'journal en ajout seul');
END;
