"""Text of any alphabet, length and intent is kept and shown as text: base, command, note, window."""

import json
import unicodedata
from pathlib import Path

import pytest

from o2r_desktop import cli, operations, reception, restitution
from o2r_desktop.text import printable
from tests.hostile.exports import ENTETE, FORMATS, LIBRE, LIE
from tests.hostile.textes import COMMANDES, IMPOSSIBLES, TEXTES
from tests.o2r_desktop.notes.lecture import lire

PORTES = {"csv": TEXTES | COMMANDES, "xlsx": TEXTES, "ods": TEXTES, "json": TEXTES | COMMANDES | IMPOSSIBLES}
VARIANTE = "\ufe0f"
CAS = [(genre, nom) for genre, textes in PORTES.items() for nom in textes]


class _Campagnes(dict[str, Path]):
    """The campagne of each format, made when it is asked for."""

    def __init__(self, lieu: Path) -> None:
        super().__init__()
        self._lieu = lieu

    def __missing__(self, genre: str) -> Path:
        fichier = self._lieu / f"a.{genre}"
        FORMATS[genre](fichier, PORTES[genre])
        recu = reception.import_files(self._lieu / genre, [fichier], auteur="essai", essai=False)
        assert len(recu.plans[0].nouveaux) == len(PORTES[genre])
        self[genre] = self._lieu / genre
        return self[genre]


@pytest.fixture(scope="module")
def campagnes(tmp_path_factory: pytest.TempPathFactory) -> _Campagnes:
    return _Campagnes(tmp_path_factory.mktemp("textes"))


def _numero(genre: str, nom: str) -> int:
    return list(PORTES[genre]).index(nom) + 1


def _garde(genre: str, texte: str) -> str:
    """Return a text as the format lets it through: an ODS cell is stripped and has its lines in paragraphs."""
    if genre in ("xlsx", "ods"):  # XML ends lines with LF (XML 1.0 § 2.11)
        texte = texte.replace("\r\n", "\n")
    return texte.strip() if genre == "ods" else texte


@pytest.mark.parametrize(("genre", "nom"), CAS)
def test_text_comes_out_of_the_command_as_it_came_in(
    campagnes: _Campagnes, genre: str, nom: str, capsys: pytest.CaptureFixture[str]
) -> None:
    texte = PORTES[genre][nom]
    code = cli.run(["dossier", str(_numero(genre, nom)), "--json", "--campagne", str(campagnes[genre])])
    document = json.loads(capsys.readouterr().out.encode("utf-8", "replace"))
    champs = {champ["libelle"]: champ["valeur"] for champ in document["champs"]}
    attendu = _garde(genre, texte).encode("utf-8", "replace").decode()
    assert code == 0
    assert champs == {LIE: attendu, LIBRE: attendu}
    assert document["porteur"]["nom"].strip() == attendu.strip()


@pytest.mark.parametrize("genre", list(PORTES))
def test_nothing_in_the_terminal_obeys_a_text(
    campagnes: _Campagnes, genre: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for mots in (["dossiers"], *(["dossier", str(n)] for n in range(1, len(PORTES[genre]) + 1))):
        assert cli.run([*mots, "--campagne", str(campagnes[genre])]) == 0
        sortie = capsys.readouterr().out
        assert not [c for c in sortie if unicodedata.category(c) == "Cc" and c not in "\n\t"]
        assert "\u202e" not in sortie


@pytest.mark.parametrize("genre", list(PORTES))
def test_the_same_file_again_changes_nothing(campagnes: _Campagnes, genre: str) -> None:
    fichier = campagnes[genre].with_name(f"a.{genre}")
    recu = reception.import_files(campagnes[genre], [fichier], auteur="essai", essai=True)
    assert recu.plans[0].inchanges == tuple(range(1, len(PORTES[genre]) + 1))
    with operations.open_session(campagnes[genre], auteur="essai", lecture_seule=True) as session:
        assert operations.verify(session) == []


def _plat(texte: str) -> str:
    """Return what is left to see of a text: neither blanks nor joiners, which a line of the note has no use for."""
    return "".join(
        c for c in printable(texte) if not (c.isspace() or unicodedata.category(c) == "Cf" or c == VARIANTE)
    )


@pytest.mark.parametrize("nom", [*TEXTES, *COMMANDES])
def test_text_is_read_in_the_note(campagnes: _Campagnes, nom: str, tmp_path: Path) -> None:
    with operations.open_session(campagnes["json"], auteur="essai") as session:
        notes, echecs = restitution.produce_notes(session, [_numero("json", nom)], tmp_path)
    assert echecs == []
    attendu = _plat(PORTES["json"][nom])
    assert attendu[:2_000] in _plat(lire(notes[0].fichier.read_bytes()).texte)
    assert notes[0].fichier.parent == tmp_path
    assert len(notes[0].fichier.name.encode()) <= 255
    assert notes[0].fichier.name.isprintable()


def test_headers_are_texts_too(campagnes: _Campagnes) -> None:
    for genre in FORMATS:
        with operations.open_session(campagnes[genre], auteur="essai", lecture_seule=True) as session:
            assert [c.libelle for c in operations.load_dossier(session, 1).dossier.champs] == ENTETE[-2:]
