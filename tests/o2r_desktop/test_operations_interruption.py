"""After a session that was killed: how far it wrote, where, and the texts that the database refused."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from o2r_desktop import operations
from o2r_desktop.operations import Session
from o2r_desktop.operations.interruption import interruption, keep_draft, read_draft
from o2r_desktop.store.brouillon import FICHIER
from o2r_desktop.store.lock import VERROU
from tests.o2r_desktop.conftest import MAINTENANT

NUMERO = 25000103


@contextmanager
def ouverte(campagne: Path, *, lecture_seule: bool = False) -> Iterator[Session]:
    with operations.open_session(
        campagne, auteur="Alix", horloge=lambda: MAINTENANT, lecture_seule=lecture_seule
    ) as session:
        yield session


def couper(campagne: Path, depuis: str) -> None:
    """Leave the lock as a killed program does."""
    (campagne / VERROU).write_text(f'{{"depuis":"{depuis}","hote":"POSTE"}}', encoding="utf-8")


def test_a_session_that_ended_well_is_not_told(campagne_demo: Path) -> None:
    for _ in range(2):
        with ouverte(campagne_demo) as session:
            assert interruption(session) is None


def test_the_last_thing_written_gives_time_and_place(campagne_demo: Path) -> None:
    with ouverte(campagne_demo) as session:
        operations.save_reponse(session, NUMERO, "FIN-02", "3")
    couper(campagne_demo, "2025-09-01T07:00:00+00:00")
    with ouverte(campagne_demo, lecture_seule=True) as session:
        assert interruption(session) is None
    with ouverte(campagne_demo) as session:
        trouvee = interruption(session)
    assert trouvee is not None
    assert (trouvee.le, trouvee.numero, trouvee.critere) == (MAINTENANT, NUMERO, "FIN-02")
    assert "jusqu’au 01/09/2025 à 10:00 est là" in trouvee.phrase
    with ouverte(campagne_demo) as session:  # told once
        assert interruption(session) is None


def test_a_session_that_wrote_nothing_and_a_lock_that_says_nothing(campagne_demo: Path) -> None:
    couper(campagne_demo, "2125-09-01T07:00:00+00:00")
    with ouverte(campagne_demo) as session:
        trouvee = interruption(session)
    assert trouvee is not None
    assert (trouvee.le, trouvee.numero) == (None, None)
    assert "n’avait rien écrit" in trouvee.phrase
    for contenu in ("pas du JSON", "[]", '{"depuis":"hier"}', '{"depuis":"2025-09-01T07:00:00"}'):
        (campagne_demo / VERROU).write_text(contenu, encoding="utf-8")
        with ouverte(campagne_demo) as session:
            assert interruption(session) is None


def test_a_draft_is_told_until_it_is_thrown_away(campagne_demo: Path) -> None:
    with ouverte(campagne_demo) as session:
        assert keep_draft(session, [(NUMERO, "FIN-02", "Fonds propres")])
        assert keep_draft(session, [(NUMERO, "", "Motif")], read_draft(session))
    with ouverte(campagne_demo) as session:
        trouvee = interruption(session)
        assert trouvee is not None
        assert not trouvee.coupee
        assert "Fonds propres" in trouvee.brouillon
        assert "conclusion, le 01/09/2025 à 10:00\u00a0:\nMotif" in trouvee.brouillon
        assert keep_draft(session, [])
        assert not (campagne_demo / FICHIER).exists()
        assert interruption(session) is None


def test_a_folder_that_refuses_the_draft_is_said(campagne_demo: Path) -> None:
    (campagne_demo / f"{FICHIER}.partiel").mkdir()
    with ouverte(campagne_demo) as session:
        assert not keep_draft(session, [(NUMERO, "FIN-02", "Fonds propres")])
