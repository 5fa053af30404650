-- The list of dossiers at once: what its rows hold in an index, and what the rules say of each dossier.
-- Frozen: a change is a new script, never an edit of this one.

-- Every column that the list reads: ten thousand rows without walking through ten thousand records.
CREATE INDEX dossier_liste ON dossier (
    depot, numero, etat, porteur, siret, intitule, departements, cout_total_cents, demande_cents, beneficiaires,
    recherche, empreinte
);

-- Derived, can be emptied at any time. A line holds for the record and for the rules that it was computed from:
-- empreinte is that of the record, regles that of the parameters and of the program.
CREATE TABLE resume (
    numero INTEGER PRIMARY KEY REFERENCES dossier (numero),
    empreinte TEXT NOT NULL,
    regles TEXT NOT NULL,
    priorite TEXT NOT NULL,
    controle TEXT NOT NULL,
    libelle TEXT NOT NULL,
    publics TEXT NOT NULL
) STRICT;
