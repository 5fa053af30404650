"""The statement of a critere: where it sends to in the dossier."""

from o2r_desktop import operations
from ui.pages.dossier.enonce import sources_du_dossier
from ui.services import Services

NUMERO = 25_000_101


def test_pieces_that_the_form_does_not_ask_for_are_not_missing(services_demo: Services) -> None:
    session = services_demo.campagne.session
    dossier = operations.load_dossier(session, NUMERO).dossier
    critere = session.grille.critere("FIN-02")
    assert {a for a in critere.pieces if dossier.champ(a) is None}
    sources = sources_du_dossier(dossier, session.correspondance, critere)
    pieces = [mots for attribut, mots in sources if attribut in critere.pieces]
    assert [mots.startswith("▣ Comptes annuels approuvés") for mots in pieces] == [True]
    assert not any("non jointe" in mots for mots in pieces)
