"""Dossiers in the store: raw records kept as they came, a row each for the list, imports and their reports."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from o2r_desktop.dossiers.enregistrement import colonnes_de_json, colonnes_en_json, de_json
from o2r_desktop.dossiers.importation import Apercu, DossierLu, ImportPlan, Modification, Refus
from o2r_desktop.dossiers.model import Anomalie, Colonne, Enregistrement, Etat, Gravite, Origine
from o2r_desktop.errors import DossierError, StoreError
from o2r_desktop.progress import Reporter, SilentReporter
from o2r_desktop.store import journal
from o2r_desktop.store.base import Base
from o2r_desktop.store.connection import Campagne, ecriture, lecture
from o2r_desktop.store.journal import Acte, Action
from o2r_desktop.store.valeurs import (
    en_cents,
    en_euros,
    en_json,
    est_entier,
    instant_ou_rien,
    iso,
    iso_ou_rien,
    propre,
    sha256,
)
from o2r_desktop.text import normalise
from o2r_desktop.text import numero as numero_lisible

_T = TypeVar("_T")

_LOT = 500
"""Dossiers written between two looks at the cancel button; some ten milliseconds."""

_DOSSIER = (
    "etat, depot, mise_a_jour, porteur, siret, intitule, departements, cout_total_cents, demande_cents, "
    "beneficiaires, recherche, colonnes, contenu, empreinte, import_id, numero"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RapportImport:
    """What an import did; ``date_fichier`` is that of the file name, ``origine`` the format of the export.

    ``lot`` is the first of the imports made together; ``lecture`` the fingerprint of what read the file; ``numeros``
    the dossiers that it holds; ``pieces`` counts what an archive brought («recues», «remplacees», «inchangees»,
    «orphelines», «en_erreur»). ``annule_le`` is set once the import is undone.
    """

    id: int
    fichier: str
    empreinte: str
    origine: Origine
    le: datetime
    auteur: str
    date_fichier: datetime | None
    demarche: str
    nouveaux: int
    modifies: int
    inchanges: int
    refuses: tuple[Refus, ...]
    anomalies: tuple[Anomalie, ...]
    absents: tuple[int, ...]
    lot: int = 0
    lecture: str = ""
    numeros: tuple[int, ...] = ()
    pieces: Mapping[str, int] = field(default_factory=dict)
    annule_le: datetime | None = None
    annule_par: str = ""


def count(campagne: Campagne) -> int:
    """Return how many dossiers there are."""
    with lecture(campagne) as db:
        return int(db.execute("SELECT count(*) FROM dossier").fetchone()[0])


def known(campagne: Campagne) -> dict[int, str]:
    """Return the fingerprint of each dossier's raw record, by number."""
    with lecture(campagne) as db:
        return dict(db.execute("SELECT numero, empreinte FROM dossier").fetchall())


def load(campagne: Campagne, numero: int) -> Enregistrement:
    """Return the raw record of a dossier; raises DossierError when the campagne has none of that number."""
    with lecture(campagne) as db:
        exiger(db, numero)
        return next(_enregistrements(db, [numero]))


def load_many(campagne: Campagne, numeros: Sequence[int]) -> Iterator[Enregistrement]:
    """Yield the raw records of these dossiers, by lots, each in order of number; unknown ones are passed over."""
    for _debut, lot in _lots(numeros):
        with lecture(campagne) as db:  # closed before the yield: the caller may write between two records
            lus = list(_enregistrements(db, [n for n in lot if est_entier(n)]))
        yield from lus


def imported_at(campagne: Campagne, numero: int) -> datetime:
    """Return when the present record of a dossier was imported; raises DossierError when it is unknown."""
    with lecture(campagne) as db:
        exiger(db, numero)
        ligne = db.execute(
            "SELECT i.le FROM dossier AS d JOIN import_ AS i ON i.id = d.import_id WHERE d.numero = ?", [numero]
        ).fetchone()
    return datetime.fromisoformat(ligne[0])


def versions(campagne: Campagne, numero: int) -> list[tuple[datetime, Enregistrement]]:
    """Return the raw records that newer exports replaced, oldest first, each with the time it was replaced."""
    with lecture(campagne) as db:
        exiger(db, numero)
        lignes = db.execute(
            "SELECT v.remplace_le, v.contenu, c.json FROM dossier_version AS v "
            "JOIN colonnes AS c ON c.id = v.colonnes WHERE v.numero = ? ORDER BY v.remplace_le, v.import_id",
            [numero],
        ).fetchall()
    return [(datetime.fromisoformat(le), de_json(numero, c, colonnes_de_json(j))) for le, c, j in lignes]


def list_apercus(campagne: Campagne, recherche: str = "") -> list[Apercu]:
    """Return the rows of the list, by deposit then number; undated ones last.

    Every word of *recherche* must occur, accents and case set aside; no character has a special meaning.
    """
    mots = en_json(sorted(set(normalise(recherche).split())))
    with lecture(campagne) as db:
        lignes = db.execute(
            "SELECT numero, etat, depot, mise_a_jour, porteur, siret, intitule, departements, cout_total_cents, "
            "demande_cents, beneficiaires, recherche FROM dossier AS d "
            "WHERE ?1 = '[]' OR NOT EXISTS "
            "(SELECT 1 FROM json_each(?1) AS mot WHERE instr(d.recherche, mot.value) = 0) "
            "ORDER BY depot IS NULL, depot, numero",
            [mots],
        ).fetchall()
    return [_apercu(ligne) for ligne in lignes]


def apply(
    campagne: Campagne,
    plan: ImportPlan,
    *,
    auteur: str,
    now: datetime,
    criteres_touches: Mapping[int, frozenset[str]] | None = None,
    reporter: Reporter | None = None,
) -> int:
    """Write a plan in one transaction and return the number of the import.

    New dossiers enter; a changed one replaces its raw record, which is archived. Answers to the criteria of
    *criteres_touches*, by dossier, are flagged «à reconfirmer» and never changed. A cancel, or any failure,
    leaves the campagne as it was. Raises StoreError when the campagne has changed since the plan was made.
    """
    suivi = reporter or SilentReporter()
    with ecriture(campagne) as db:
        _exiger_a_jour(db, plan, campagne)
        import_id = _inserer_import(db, plan, auteur, now)
        colonnes = _inserer_colonnes(db, plan)
        _inserer_dossiers(db, plan, colonnes, import_id, suivi)
        _archiver(db, plan.modifies, now)
        _remplacer(db, plan, colonnes, import_id, suivi)
        actes = [_acte_import(plan, import_id), *map(_acte_modification, plan.modifies)]
        actes += _a_reconfirmer(db, plan, criteres_touches or {})
        journal.append(db, actes, auteur=auteur, now=now)
        total = len(plan.nouveaux) + len(plan.modifies)
        suivi.step(total, total, "Enregistrement")
    return import_id


def imports(campagne: Campagne) -> list[RapportImport]:
    """Return the reports of the imports, oldest first."""
    with lecture(campagne) as db:
        return [_rapport(ligne) for ligne in db.query("SELECT * FROM import_ ORDER BY id")]


def exiger(db: Base, numero: int) -> None:
    """Raise DossierError unless the campagne has this dossier."""
    if est_entier(numero) and db.execute("SELECT 1 FROM dossier WHERE numero = ?", [numero]).fetchone():
        return
    raise DossierError(
        f"Le dossier n° {numero_lisible(numero)} n’est pas dans la campagne : vérifiez le numéro, "
        "ou importez l’export qui le contient."
    )


def _exiger_a_jour(db: Base, plan: ImportPlan, campagne: Campagne) -> None:
    presents = {ligne[0] for ligne in db.execute("SELECT numero FROM dossier")}
    nouveaux = {lu.numero for lu in plan.nouveaux}
    modifies = {m.lu.numero for m in plan.modifies}
    if nouveaux & presents or modifies - presents:
        raise StoreError(
            f"La campagne « {campagne.dossier} » a changé depuis que cet import a été préparé : "
            "rien n’a été écrit, relancez l’import."
        )


def _inserer_import(db: Base, plan: ImportPlan, auteur: str, now: datetime) -> int:
    lu = plan.read
    anomalies = dict.fromkeys((*lu.anomalies, *plan.anomalies))
    ligne = {
        "fichier": propre(lu.fichier),
        "empreinte": lu.empreinte,
        "origine": lu.origine.value,
        "le": iso(now),
        "auteur": propre(auteur),
        "date_fichier": iso_ou_rien(lu.date_fichier),
        "demarche": propre(lu.demarche),
        "nouveaux": len(plan.nouveaux),
        "modifies": len(plan.modifies),
        "inchanges": len(plan.inchanges),
        "refuses": propre(en_json([asdict(r) for r in lu.refuses])),
        "anomalies": propre(en_json([asdict(a) for a in anomalies])),
        "absents": en_json(plan.absents),
    }
    db.table("import_").insert(ligne)
    return int(db.execute("SELECT last_insert_rowid()").fetchone()[0])


def _inserer_colonnes(db: Base, plan: ImportPlan) -> list[str]:
    """Keep the headers that the plan's dossiers use; return the identifier of each set of the export."""
    textes = [colonnes_en_json(jeu) for jeu in plan.read.jeux]
    ids = [sha256(texte) for texte in textes]
    utiles = {lu.jeu for lu in plan.nouveaux} | {m.lu.jeu for m in plan.modifies}
    db.conn.executemany(
        "INSERT OR IGNORE INTO colonnes (id, json) VALUES (?, ?)", [(ids[j], textes[j]) for j in sorted(utiles)]
    )
    return ids


def _inserer_dossiers(db: Base, plan: ImportPlan, colonnes: list[str], import_id: int, suivi: Reporter) -> None:
    ordre = f"INSERT INTO dossier ({_DOSSIER}) VALUES ({', '.join('?' * 16)})"  # noqa: S608 a constant
    total = len(plan.nouveaux) + len(plan.modifies)
    for debut, lot in _lots(plan.nouveaux):
        suivi.step(debut, total, "Enregistrement des nouveaux dossiers")
        db.conn.executemany(ordre, (_ligne(lu, colonnes, import_id) for lu in lot))


def _archiver(db: Base, modifies: Sequence[Modification], now: datetime) -> None:
    le = iso(now)
    db.conn.executemany(
        "INSERT INTO dossier_version (numero, import_id, colonnes, contenu, empreinte, remplace_le) "
        "SELECT numero, import_id, colonnes, contenu, empreinte, ? FROM dossier WHERE numero = ?",
        [(le, m.lu.numero) for m in modifies],
    )


def _remplacer(db: Base, plan: ImportPlan, colonnes: list[str], import_id: int, suivi: Reporter) -> None:
    champs = ", ".join(f"{nom} = ?" for nom in _DOSSIER.removesuffix(", numero").split(", "))
    ordre = f"UPDATE dossier SET {champs} WHERE numero = ?"  # noqa: S608 a constant
    total = len(plan.nouveaux) + len(plan.modifies)
    for debut, lot in _lots(plan.modifies):
        suivi.step(len(plan.nouveaux) + debut, total, "Enregistrement des dossiers modifiés")
        db.conn.executemany(ordre, (_ligne(m.lu, colonnes, import_id) for m in lot))


def _lots(suite: Sequence[_T]) -> Iterator[tuple[int, Sequence[_T]]]:
    return ((debut, suite[debut : debut + _LOT]) for debut in range(0, len(suite), _LOT))


def _ligne(lu: DossierLu, colonnes: list[str], import_id: int) -> tuple[object, ...]:
    """Return the values of _DOSSIER, in order."""
    a = lu.apercu
    return (
        None if a.etat is None else a.etat.value,
        iso_ou_rien(a.depot),
        iso_ou_rien(a.mise_a_jour),
        propre(a.porteur),
        propre(a.siret),
        propre(a.intitule),
        en_json(a.departements),
        en_cents(a.cout_total),
        en_cents(a.demande),
        a.beneficiaires,
        propre(a.recherche),
        colonnes[lu.jeu],
        lu.contenu,
        lu.empreinte,
        import_id,
        lu.numero,
    )


def _acte_import(plan: ImportPlan, import_id: int) -> Acte:
    resume = {
        "import": import_id,
        "fichier": plan.read.fichier,
        "empreinte": plan.read.empreinte,
        "nouveaux": [lu.numero for lu in plan.nouveaux],
        "modifies": [m.lu.numero for m in plan.modifies],
    }
    return Acte(action=Action.IMPORT, apres=en_json(resume))


def _acte_modification(modification: Modification) -> Acte:
    return Acte(
        action=Action.DOSSIER_MODIFIE,
        numero=modification.lu.numero,
        avant=en_json([[d.libelle, d.avant] for d in modification.differences]),
        apres=en_json([[d.libelle, d.apres] for d in modification.differences]),
    )


def _a_reconfirmer(db: Base, plan: ImportPlan, touches: Mapping[int, frozenset[str]]) -> list[Acte]:
    """Flag the answers that the changes touch; return one act for each newly flagged."""
    voulus = [(m.lu.numero, c) for m in plan.modifies for c in sorted(touches.get(m.lu.numero, ()))]
    trouves = db.execute(
        "SELECT r.numero, r.critere FROM json_each(?) AS t JOIN reponse AS r "
        "ON r.numero = json_extract(t.value, '$[0]') AND r.critere = json_extract(t.value, '$[1]') "
        "WHERE r.a_reconfirmer = 0 ORDER BY r.numero, r.critere",
        [json.dumps(voulus)],
    ).fetchall()
    db.conn.executemany("UPDATE reponse SET a_reconfirmer = 1 WHERE numero = ? AND critere = ?", trouves)
    return [Acte(action=Action.A_RECONFIRMER, numero=numero, critere=critere) for numero, critere in trouves]


def _rapport(ligne: dict[str, Any]) -> RapportImport:
    refuses = tuple(Refus(**r) for r in json.loads(ligne["refuses"]))
    anomalies = tuple(Anomalie(**{**a, "gravite": Gravite(a["gravite"])}) for a in json.loads(ligne["anomalies"]))
    return RapportImport(
        **{
            **ligne,
            "origine": Origine(ligne["origine"]),
            "le": datetime.fromisoformat(ligne["le"]),
            "date_fichier": instant_ou_rien(ligne["date_fichier"]),
            "refuses": refuses,
            "anomalies": anomalies,
            "absents": tuple(json.loads(ligne["absents"])),
            "numeros": tuple(json.loads(ligne["numeros"])),
            "pieces": json.loads(ligne["pieces"]),
            "annule_le": instant_ou_rien(ligne["annule_le"]),
        }
    )


def _enregistrements(db: Base, numeros: list[int]) -> Iterator[Enregistrement]:
    jeux: dict[str, tuple[Colonne, ...]] = {}
    curseur = db.execute(
        "SELECT numero, contenu, colonnes FROM dossier "
        "WHERE numero IN (SELECT value FROM json_each(?)) ORDER BY numero",
        [json.dumps(numeros)],
    )
    for numero, contenu, colonnes in curseur:
        if colonnes not in jeux:
            texte = db.execute("SELECT json FROM colonnes WHERE id = ?", [colonnes]).fetchone()[0]
            jeux[colonnes] = colonnes_de_json(texte)
        yield de_json(numero, contenu, jeux[colonnes])


def _apercu(ligne: tuple[Any, ...]) -> Apercu:
    numero, etat, depot, mise_a_jour, porteur, siret, intitule, departements, cout, demande, nombre, texte = ligne
    return Apercu(
        numero=numero,
        etat=None if etat is None else Etat(etat),
        depot=instant_ou_rien(depot),
        mise_a_jour=instant_ou_rien(mise_a_jour),
        porteur=porteur,
        siret=siret,
        intitule=intitule,
        departements=tuple(json.loads(departements)),
        cout_total=en_euros(cout),
        demande=en_euros(demande),
        beneficiaires=nombre,
        recherche=texte,
    )
