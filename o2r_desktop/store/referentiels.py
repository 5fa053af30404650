"""Lists of the campagne that take the place of those shipped with the program, in the store."""

from dataclasses import dataclass
from datetime import datetime

from o2r_desktop.store import journal
from o2r_desktop.store.connection import Campagne, ecriture, lecture
from o2r_desktop.store.journal import Acte, Action
from o2r_desktop.store.valeurs import en_json, iso, propre


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferentielGarde:
    """A list as it is kept: its CSV text, where it came from («acteurs_72.csv», «modifiée»), when, by whom."""

    contenu: str
    origine: str
    le: datetime
    auteur: str


def load_all(campagne: Campagne) -> dict[str, ReferentielGarde]:
    """Return the lists that this campagne has of its own, by name."""
    with lecture(campagne) as db:
        lignes = db.execute("SELECT nom, contenu, origine, le, auteur FROM referentiel").fetchall()
    return {
        nom: ReferentielGarde(contenu=contenu, origine=origine, le=datetime.fromisoformat(le), auteur=auteur)
        for nom, contenu, origine, le, auteur in lignes
    }


def save(
    campagne: Campagne, nom: str, contenu: str | None, *, origine: str, auteur: str, now: datetime
) -> None:  # fmt: skip
    """Put a list in the campagne, None to come back to the shipped one; the journal keeps what was replaced."""
    with ecriture(campagne) as db:
        ancien = db.execute("SELECT contenu, origine FROM referentiel WHERE nom = ?", [nom]).fetchone()
        if contenu is None:
            db.execute("DELETE FROM referentiel WHERE nom = ?", [nom])
        else:
            db.execute(
                "INSERT OR REPLACE INTO referentiel (nom, contenu, origine, le, auteur) VALUES (?, ?, ?, ?, ?)",
                [nom, propre(contenu), propre(origine), iso(now), propre(auteur)],
            )
        acte = Acte(
            action=Action.REFERENTIEL,
            avant="" if ancien is None else en_json({"nom": nom, "contenu": ancien[0], "origine": ancien[1]}),
            apres=en_json({"nom": nom, "contenu": contenu, "origine": origine}),
        )
        journal.append(db, [acte], auteur=auteur, now=now)
