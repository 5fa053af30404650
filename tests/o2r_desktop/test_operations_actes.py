"""Acts as use cases: kept from one session to the next, and never over what somebody else wrote."""

from pathlib import Path

import pytest

from o2r_desktop import operations
from o2r_desktop.errors import DossierError
from o2r_desktop.evaluation.reponses import ProjetAvis, Reponse
from o2r_desktop.operations import Session, actes
from o2r_desktop.operations.actes import Genre
from o2r_desktop.text import NBSP

NUMERO = 25000103


def test_acts_outlive_the_session(campagne_demo: Path) -> None:
    with operations.open_session(campagne_demo, auteur="Alix") as session:
        operations.write_projet(session, NUMERO, ProjetAvis(motif="Solide"), nom="motif de l’avis")
        operations.write_reponse(session, NUMERO, Reponse(critere="FIN-02", valeur="3"), nom="niveau de FIN-02")
    with operations.open_session(campagne_demo, auteur="Dominique") as session:
        assert [(a.nom, a.genre) for a in actes.undo(session)] == [("niveau de FIN-02", Genre.REPONSE)]
        prochain = actes.next_undo(session)
        assert prochain is not None
        assert (prochain.nom, prochain.auteur) == ("motif de l’avis", "Alix")
    with operations.open_session(campagne_demo, auteur="Alix") as session:
        assert [a.nom for a in actes.redo(session)] == ["niveau de FIN-02"]
        assert operations.load_dossier(session, NUMERO).evaluation.reponse("FIN-02").valeur == "3"


def test_what_somebody_else_wrote_is_named_and_the_act_forgotten(session: Session) -> None:
    operations.write_reponse(session, NUMERO, Reponse(critere="REC-02", valeur="oui"), nom="réponse à REC-02")
    operations.write_reponse(session, NUMERO, Reponse(critere="FIN-02", valeur="3"), nom="niveau de FIN-02")
    operations.write_reponse(session, NUMERO, Reponse(critere="FIN-02", valeur="1"))
    with pytest.raises(DossierError) as refus:
        actes.undo(session)
    assert str(refus.value).startswith(f"«{NBSP}niveau de FIN-02{NBSP}» ne peut pas être annulé{NBSP}: depuis,")
    assert "a changé la réponse du dossier" in str(refus.value)
    assert [a.nom for a in actes.undo(session)] == ["réponse à REC-02"]
    assert actes.undo(session) == []
