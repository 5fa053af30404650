"""Acts in the store: random ones, undone, done again, after reopening too, give the states of a model."""

import random
from copy import deepcopy
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from o2r_desktop.errors import DossierError
from o2r_desktop.evaluation.reponses import Avis, ProjetAvis, Reponse, TypeAvis
from o2r_desktop.store import actes, evaluations, journal, pile, verification
from o2r_desktop.store.annulation import last_undoable
from o2r_desktop.store.connection import Campagne, open_campagne
from o2r_desktop.store.dossiers import apply
from tests.o2r_desktop.store.conftest import MAINTENANT, creer, lu, plan

QUI = {"auteur": "Alix", "now": MAINTENANT}
NUMEROS = (1, 2, 3)


def repondre(campagne: Campagne, valeur: str, *, nom: str = "niveau", suite: bool = False, numero: int = 1) -> None:
    depart = evaluations.load(campagne, numero).reponse("FIN-02")
    reponse = Reponse(critere="FIN-02", valeur=depart.valeur, commentaire=valeur)
    depuis = MAINTENANT - timedelta(minutes=10) if suite else None
    evaluations.save_reponse(campagne, numero, reponse, nom=nom, depuis=depuis, auteur="Alix", now=MAINTENANT)


def question(texte: str, rang: int | None = None) -> dict[str, Any]:
    return {"id": rang, "critere": "FIN-02", "texte": texte, "posee_le": "", "auteur": "Alix", "envoyee_le": None,
            "echeance": None, "reponse": "", "repondue_le": None}  # fmt: skip


class Modele:
    """What a campagne says after each act: a list of states, and where in it we are."""

    def __init__(self, campagne: Campagne) -> None:
        self.campagne = campagne
        self.etats = [lire(campagne)]
        self.rang = 0

    def fait(self) -> None:
        etat = lire(self.campagne)
        if etat != self.etats[self.rang]:
            self.etats[self.rang + 1 :] = [etat]
            self.rang += 1

    def verifier(self) -> None:
        assert lire(self.campagne) == self.etats[self.rang]
        annuler, retablir = pile.next_acts(self.campagne)
        assert (annuler is not None) == (self.rang > 0)
        assert (retablir is not None) == (self.rang < len(self.etats) - 1)


def lire(campagne: Campagne) -> dict[Any, Any]:
    lieux = [(genre, n) for n in NUMEROS for genre in ("reponse", "projet", "questions", "attribution")]
    return {lieu: deepcopy(actes.state(campagne, *lieu, "FIN-02")) for lieu in lieux}


def un_acte(campagne: Campagne, hasard: random.Random) -> None:
    numero, mot = hasard.choice(NUMEROS), hasard.choice(("", "oui", "peut-être"))
    sorte = hasard.randrange(4)
    if sorte == 0:
        repondre(campagne, mot, numero=numero, nom=hasard.choice(("niveau", "commentaire")))
    elif sorte == 1:
        evaluations.save_projet(campagne, numero, ProjetAvis(motif=mot), nom="motif", **QUI)
    elif sorte == 2:
        presentes = list(actes.state(campagne, "questions", numero)["questions"])
        voulues = [*presentes, question(mot)] if mot else presentes[:-1]
        actes.change(campagne, "questions", {numero: {"questions": voulues}}, "question", **QUI)
    else:
        lot = {n: {"instructeur": "", "etiquettes": [mot] if mot else []} for n in hasard.sample(NUMEROS, 2)}
        actes.change(campagne, "attribution", lot, "étiquette", **QUI)


@pytest.mark.parametrize("graine", range(6))
def test_any_acts_come_back_as_they_were(tmp_path: Path, graine: int) -> None:
    hasard = random.Random(graine)
    campagne = creer(tmp_path / "ami")
    apply(campagne, plan(*map(lu, NUMEROS)), auteur="Camille", now=MAINTENANT)
    modele = Modele(campagne)
    for _ in range(60):
        geste = hasard.choice(("acte", "acte", "acte", "undo", "undo", "redo", "redo", "fermer"))
        if geste == "acte":
            un_acte(modele.campagne, hasard)
            modele.fait()
        elif geste == "undo" and actes.undo(modele.campagne, **QUI).actes:
            modele.rang -= 1
        elif geste == "redo" and actes.redo(modele.campagne, **QUI).actes:
            modele.rang += 1
        elif geste == "fermer":
            modele.campagne.close()
            modele.campagne = open_campagne(tmp_path / "ami")
        modele.verifier()
    with modele.campagne as finie:
        while modele.rang:
            assert actes.undo(finie, **QUI).actes
            modele.rang -= 1
        modele.verifier()
        assert verification.verify(finie) == []


def test_breaths_are_one_act_for_a_while(remplie: Campagne) -> None:
    for texte in ("Fonds", "Fonds propres", "Fonds propres solides"):
        repondre(remplie, texte, suite=True)
    acte, _ = pile.next_acts(remplie)
    assert acte is not None
    assert (acte["avant"]["commentaire"], acte["apres"]["commentaire"]) == ("", "Fonds propres solides")
    repondre(remplie, "", suite=True)
    assert pile.next_acts(remplie) == (None, None)  # typed, then taken back
    repondre(remplie, "Fonds", suite=True)
    depart = Reponse(critere="FIN-02", valeur="", commentaire="Fonds propres")
    tard: datetime = MAINTENANT + timedelta(hours=1)
    depuis = tard - timedelta(minutes=10)
    evaluations.save_reponse(remplie, 1, depart, nom="niveau", depuis=depuis, auteur="Alix", now=tard)
    actes.undo(remplie, **QUI)
    assert evaluations.load(remplie, 1).reponse("FIN-02").commentaire == "Fonds"


def test_a_breath_taken_back_does_not_go_on_with_the_one_before(remplie: Campagne) -> None:
    repondre(remplie, "Fonds")
    repondre(remplie, "Fonds.")
    repondre(remplie, "Fonds", suite=True)  # taken back
    for texte in ("Fonds p", "Fonds propres"):
        repondre(remplie, texte, suite=True)
    actes.undo(remplie, **QUI)
    assert evaluations.load(remplie, 1).reponse("FIN-02").commentaire == "Fonds"


def test_a_write_without_a_name_in_between_keeps_breaths_apart(remplie: Campagne) -> None:
    repondre(remplie, "Fonds", suite=True)
    repondre(remplie, "Fonds d’import", nom="")
    repondre(remplie, "Fonds d’import, revu", suite=True)
    actes.undo(remplie, **QUI)
    assert evaluations.load(remplie, 1).reponse("FIN-02").commentaire == "Fonds d’import"


def test_what_somebody_else_wrote_is_never_overwritten(remplie: Campagne) -> None:
    repondre(remplie, "Premier", numero=2)
    repondre(remplie, "Deuxième")
    repondre(remplie, "Autrement", nom="")  # an act that nobody can undo: an import, a merge
    avant = journal.entries(remplie)
    faite = actes.undo(remplie, **QUI)
    assert [(acte["numero"], champs) for acte, champs in faite.oublies] == [(1, {"commentaire"})]
    assert journal.entries(remplie) == avant
    assert evaluations.load(remplie, 1).reponse("FIN-02").commentaire == "Autrement"
    assert [a["numero"] for a in actes.undo(remplie, **QUI).actes] == [2]


def test_one_dossier_of_a_lot_that_changed_leaves_the_others(remplie: Campagne) -> None:
    vue = {"instructeur": "", "etiquettes": ["vu"]}
    actes.change(remplie, "attribution", dict.fromkeys(NUMEROS, vue), "étiquette", **QUI)
    remplie.db.execute("UPDATE attribution SET etiquettes = '[\"autre\"]' WHERE numero = 2")
    assert [acte["numero"] for acte, _ in actes.undo(remplie, **QUI).oublies] == [2]
    assert sorted(a["numero"] for a in actes.undo(remplie, **QUI).actes) == [1, 3]
    assert [actes.state(remplie, "attribution", n)["etiquettes"] for n in NUMEROS] == [[], ["autre"], []]
    assert sorted(a["numero"] for a in actes.redo(remplie, **QUI).actes) == [1, 3]


def test_answers_of_a_finalised_evaluation_are_passed_over(remplie: Campagne) -> None:
    repondre(remplie, "Premier", numero=2)
    repondre(remplie, "Dernier")
    avis = Avis(avis=TypeAvis.FAVORABLE, motif="m")
    evaluations.conclude(remplie, 1, avis, empreinte="e", **QUI)
    assert [a["numero"] for a in actes.undo(remplie, **QUI).actes] == [2]
    assert not actes.undo(remplie, **QUI).actes
    with pytest.raises(DossierError, match="finalisée"):
        actes.change(remplie, "projet", {1: actes.state(remplie, "projet", 1) | {"motif": "x"}}, "motif", **QUI)
    evaluations.reopen(remplie, 1, "Erreur", **QUI)
    assert [a["numero"] for a in actes.undo(remplie, **QUI).actes] == [1]


def test_the_number_of_a_forgotten_act_never_comes_back(remplie: Campagne) -> None:
    repondre(remplie, "a")
    premier = actes.undo(remplie, **QUI).actes[0]["id"]
    repondre(remplie, "b")
    acte, retablir = pile.next_acts(remplie)
    assert acte is not None
    assert (acte["id"] > premier, retablir) == (True, None)


@pytest.mark.parametrize("genre", ["questions", "attribution"])
def test_work_on_a_dossier_keeps_it_when_its_import_is_undone(remplie: Campagne, genre: str) -> None:
    from o2r_desktop.store.annulation import Relecture, undo_import
    from tests.o2r_desktop.store.conftest import lu as lire_lu

    etat = (
        {"questions": [question("Quand ?")]} if genre == "questions" else {"instructeur": "Lou", "etiquettes": []}
    )
    actes.change(remplie, genre, {2: etat}, "acte", **QUI)
    remplie.db.execute("INSERT INTO lecture VALUES (3, 'ab', 1, '', '[]', 0, ?)", [MAINTENANT.isoformat()])
    dernier = last_undoable(remplie)
    assert dernier is not None
    relecture = Relecture(apercu=lambda e: lire_lu(e.numero).apercu, changements=lambda *_: {})
    faite = undo_import(remplie, dernier, relecture=relecture, **QUI)
    assert (faite.gardes, faite.retires) == ((2,), (1, 3))
    assert verification.verify(remplie) == []
