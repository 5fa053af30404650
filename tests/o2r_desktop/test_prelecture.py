"""The list read ahead says what the list says, and steps aside when something changed."""

from pathlib import Path

from o2r_desktop import operations, suivi
from o2r_desktop.operations import Session
from o2r_desktop.store import liste
from o2r_desktop.suivi import Colonne, Filtre, Prelecture, Suivi


def lire(session: Session) -> tuple[Suivi, Suivi]:
    """Return the list read ahead and the list read now."""
    avance = Prelecture(session.campagne.dossier).prendre()
    assert avance is not None
    assert isinstance(avance.lignes(), liste.Lignes)
    return suivi.charger(session, Prelecture(session.campagne.dossier)), suivi.charger(session)


def test_rows_read_ahead_are_the_rows_of_the_list(session: Session) -> None:
    numeros = [apercu.numero for apercu in operations.list_dossiers(session)]
    suivi.calculer_resumes(session, numeros[::2])  # the others have none
    avance, present = lire(session)
    assert len(avance) == len(present) == len(numeros)
    assert [avance.ligne(r) for r in range(len(avance))] == [present.ligne(r) for r in range(len(present))]
    assert avance.sans_resume() == present.sans_resume() != []


def test_list_read_ahead_filters_sorts_and_counts_alike(session: Session) -> None:
    avance, present = lire(session)
    tous = range(len(present))
    assert avance.totaux(tous) == present.totaux(tous)
    for recherche in ("association", "dep:72", "controle:alerte", "introuvable"):
        assert avance.filtrer(Filtre(recherche=recherche)) == present.filtrer(Filtre(recherche=recherche))
    for colonne in Colonne:
        assert avance.trier(tous, colonne) == present.trier(tous, colonne)


def test_what_was_read_ahead_does_not_hold_after_a_write(session: Session) -> None:
    prelecture = Prelecture(session.campagne.dossier)
    avance = prelecture.prendre()
    assert avance is not None
    numero = operations.list_dossiers(session)[0].numero
    operations.save_reponse(session, numero, "REC-01", "oui")
    lignes, evaluations = liste.load(session.campagne, regles=avance.regles, avance=avance)
    assert isinstance(lignes, list)
    assert numero in evaluations


def test_a_text_that_holds_a_separator_has_the_list_read_again(session: Session) -> None:
    numero = operations.list_dossiers(session)[0].numero
    session.campagne.db.execute("UPDATE dossier SET porteur = 'a' || char(31) || 'b' WHERE numero = ?", [numero])
    lu = suivi.charger(session, Prelecture(session.campagne.dossier))
    rang = lu.rang(numero)
    assert rang is not None
    assert lu.ligne(rang).porteur == "a\x1fb"


def test_what_is_no_campagne_is_not_read_ahead_and_says_nothing(tmp_path: Path) -> None:
    assert Prelecture(tmp_path).prendre() is None
    (tmp_path / "o2r.db").write_bytes(b"rien de bon" * 500)
    assert Prelecture(tmp_path).prendre() is None


def test_list_of_another_folder_is_not_taken(session: Session, tmp_path: Path) -> None:
    assert len(suivi.charger(session, Prelecture(tmp_path))) == len(suivi.charger(session)) > 0
