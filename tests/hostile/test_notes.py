"""Notes of texts that a PDF, its metadata or its XML cannot carry: composed all the same, and valid."""

import io
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pikepdf
import pytest

from o2r_desktop import operations, reception, restitution
from o2r_desktop.dossiers.champs import TypeChamp
from o2r_desktop.progress import SilentReporter
from o2r_desktop.reception import default_correspondance
from tests.hostile import exports
from tests.hostile.textes import COMMANDES, IMPOSSIBLES

LIBELLE_PIECES = next(a.libelles[0] for a in default_correspondance().attributs if a.type is TypeChamp.PIECES)
TEXTES = (
    IMPOSSIBLES | COMMANDES | {"hors XML": "a\ufffe\uffffb", "lignes": "a\nb\u2028c\td", "vide après": "\ud800"}
)


@pytest.fixture(scope="module")
def campagne(tmp_path_factory: pytest.TempPathFactory) -> Path:
    lieu = tmp_path_factory.mktemp("notes")
    exports.en_json(lieu / "a.json", TEXTES)
    reception.import_files(lieu / "ami", [lieu / "a.json"], auteur="essai", essai=False)
    return lieu / "ami"


def test_every_note_of_the_batch_is_made(campagne: Path, tmp_path: Path) -> None:
    numeros = list(range(1, len(TEXTES) + 1))
    with operations.open_session(campagne, auteur="essai") as session:
        production = restitution.produce_batch(session, numeros, tmp_path, SilentReporter())
    assert (production.manquees, production.arret) == ((), None)
    assert [n.numero for n in production.notes] == numeros
    for note in production.notes:
        assert note.fichier.name.isascii()
        _examiner(note.fichier.read_bytes())


def test_labels_and_names_of_files_are_texts_too(tmp_path: Path) -> None:
    texte = "".join(TEXTES.values())
    champs = [
        {"id": "Q2hhbXAtMQ==", "label": texte, "stringValue": texte},
        {"id": "Q2hhbXAtMg==", "label": LIBELLE_PIECES, "__typename": "PieceJustificativeChamp",
         "files": [{"filename": texte, "byteSize": "12", "contentType": "application/pdf", "checksum": "x"}]},
    ]  # fmt: skip
    demandeur = {"__typename": "PersonneMorale", "siret": texte, "entreprise": {"raisonSociale": texte}}
    noeuds = [exports.noeud(1, texte, champs=champs, demandeur=demandeur)]
    contenu = {"data": {"demarche": {"number": 1, "dossiers": {"nodes": noeuds}}}}
    (tmp_path / "a.json").write_text(json.dumps(contenu), "utf-8")
    reception.import_files(tmp_path / "ami", [tmp_path / "a.json"], auteur="essai", essai=False)
    with operations.open_session(tmp_path / "ami", auteur="essai") as session:
        assert [p.nom for p in operations.load_dossier(session, 1).dossier.pieces]
        (note,), echecs = restitution.produce_notes(session, [1], tmp_path / "notes")
    assert echecs == []
    _examiner(note.fichier.read_bytes())


def _examiner(octets: bytes) -> None:
    """Look where a PDF keeps texts of the dossier beside its pages."""
    with pikepdf.open(io.BytesIO(octets)) as pdf:
        titre = str(pdf.docinfo["/Title"])
        assert titre.startswith("Note d’instruction, dossier n°")
        assert titre.isprintable() or "\u00a0" in titre
        assert not set(titre) & set("\x00\x07\x1b\x7f\x9b\n\t\u2028\ufffe\uffff")
        paquet = ET.fromstring(pdf.Root.Metadata.read_bytes().decode("utf-8"))
        assert titre in [e.text for e in paquet.iter()]
        assert list(pdf.attachments) == ["donnees.json"]
        document = json.loads(pdf.attachments["donnees.json"].get_file().read_bytes())
        assert document["donnees"]["dossier"]["champs"]
