"""Pieces in the campagne: bytes under their SHA-256, lines with their import, nothing left by what fails."""

import errno
import hashlib
import io
import json
import os
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import pytest

from o2r_desktop.dossiers.model import Anomalie, GenrePiece, Gravite, Origine
from o2r_desktop.dossiers.pieces import ArchiveLue, PieceEnErreur, PieceLue, PieceRecue, PlanPieces
from o2r_desktop.errors import CancelledError, StoreCorruptError, StoreError, StoreUnavailableError
from o2r_desktop.progress import SilentReporter
from o2r_desktop.store import imports, journal, octets, pieces
from o2r_desktop.store.backup import back_up, restore
from o2r_desktop.store.connection import PIECES_EN_COURS, Campagne, ecriture, open_campagne
from o2r_desktop.store.verification import verify
from o2r_desktop.text import PARIS
from tests.o2r_desktop.store.conftest import MAINTENANT

JOUR = datetime(2025, 7, 4, 16, 3, tzinfo=PARIS)


def lue(nom: str, octets_: bytes = b"x", numero: int = 1) -> PieceLue:
    return PieceLue(
        numero=numero, genre=GenrePiece.PIECE, nom=nom, chemin=f"{numero}/{nom}/{hashlib.md5(octets_).hexdigest()}",
        taille=len(octets_), crc=int(hashlib.md5(octets_).hexdigest()[:7], 16), depose_le=JOUR,
    )  # fmt: skip


def plan(*nouvelles: PieceLue, **plus: object) -> PlanPieces:
    archive = ArchiveLue(
        chemin=Path("a.zip"), fichier="a.zip", date_fichier=JOUR, demarche="ami", pieces=nouvelles,
        en_erreur=plus.pop("en_erreur", ()),  # type: ignore[arg-type]
        anomalies=(Anomalie(gravite=Gravite.ALERTE, ou="archive", quoi="lue"),),
    )  # fmt: skip
    return PlanPieces(archive=archive, **{"nouvelles": nouvelles, **plus})  # type: ignore[arg-type]


def garder(campagne: Campagne, contenus: Mapping[PieceLue, bytes]) -> dict[str, str]:
    entrees = ((p, io.BytesIO(o)) for p, o in contenus.items())
    return pieces.put_bytes(campagne, entrees, SilentReporter())


def importer(campagne: Campagne, projet: PlanPieces, contenus: Mapping[PieceLue, bytes], lot: int = 0) -> int:
    with pieces.receiving(campagne):
        empreintes = garder(campagne, contenus)
        with ecriture(campagne):
            return pieces.apply(campagne, projet, empreintes, lot=lot, auteur="Camille", now=MAINTENANT)


def sur_disque(campagne: Campagne) -> list[str]:
    return sorted(f.name for f in (campagne.dossier / "pieces").rglob("*") if f.is_file())


def sha(octets_: bytes) -> str:
    return hashlib.sha256(octets_).hexdigest()


def test_bytes_and_lines_are_kept(remplie: Campagne) -> None:
    a, b, jumelle = lue("a.pdf", b"un"), lue("b.pdf", b"deux"), lue("copie.pdf", b"un", 2)
    numero = importer(remplie, plan(a, b, jumelle), {a: b"un", b: b"deux", jumelle: b"un"})
    assert sur_disque(remplie) == sorted([sha(b"un"), sha(b"deux")])
    recues = pieces.received(remplie, 1)
    assert [(r.nom, r.empreinte, r.taille, r.crc, r.chemin) for r in recues] == [
        ("a.pdf", sha(b"un"), 2, a.crc, a.chemin),
        ("b.pdf", sha(b"deux"), 4, b.crc, b.chemin),
    ]
    assert (recues[0].depose_le, recues[0].pages, recues[0].import_id, recues[0].remplacee) == (
        JOUR, None, numero, False,
    )  # fmt: skip
    assert pieces.path_of(remplie, sha(b"un")).read_bytes() == b"un"
    assert {n: len(r) for n, r in pieces.received_by_dossier(remplie).items()} == {1: 2, 2: 1}
    assert pieces.received_by_dossier(remplie, [2, 10**30]).keys() == {2}
    assert pieces.received(remplie, 99) == pieces.received(remplie, 10**30) == ()
    assert verify(remplie) == []


def test_report_and_journal_tell_the_archive(remplie: Campagne) -> None:
    a = lue("a.pdf")
    avant = len(journal.entries(remplie))
    numero = importer(remplie, plan(a, orphelines=(lue("z", numero=99),)), {a: b"x"})
    rapport = imports.imports(remplie)[-1]
    assert (rapport.id, rapport.lot, rapport.origine, rapport.fichier) == (
        numero,
        numero,
        Origine.ZIP_PIECES,
        "a.zip",
    )
    assert rapport.pieces == {"recues": 1, "remplacees": 0, "inchangees": 0, "orphelines": 1, "en_erreur": 0}
    assert (rapport.numeros, rapport.lues, len(rapport.anomalies), rapport.date_fichier) == ((1,), 1, 2, JOUR)
    (ligne,) = journal.entries(remplie)[avant:]
    assert (ligne.action, json.loads(ligne.apres)["pieces"]["recues"]) == ("import", 1)


def test_a_replaced_file_stays_behind_the_new_one(remplie: Campagne) -> None:
    a, neuve = lue("a.pdf", b"un"), lue("a.pdf", b"deux")
    premier = importer(remplie, plan(a), {a: b"un"})
    (ancienne,) = pieces.received(remplie, 1)
    second = importer(
        remplie, plan(neuve, nouvelles=(), remplacees=((ancienne, neuve),)), {neuve: b"deux"}, premier
    )
    assert [(r.empreinte, r.remplacee, r.import_id) for r in pieces.received(remplie, 1)] == [
        (sha(b"un"), True, premier),
        (sha(b"deux"), False, second),
    ]
    assert [r.empreinte for r in pieces.received_by_dossier(remplie)[1]] == [sha(b"deux")]
    assert imports.imports(remplie)[-1].lot == premier
    modifie = journal.entries(remplie, 1)[-1]
    assert modifie.action == "dossier_modifie"
    assert json.loads(modifie.apres) == [
        ["Pièce «\u00a0a.pdf\u00a0»", "déposée le 04/07/2025 à 16:03, 4\u00a0octets"]
    ]


def test_a_plan_made_before_another_import_is_refused_whole(remplie: Campagne) -> None:
    a, neuve = lue("a.pdf", b"un"), lue("a.pdf", b"deux")
    importer(remplie, plan(a), {a: b"un"})
    (ancienne,) = pieces.received(remplie, 1)
    projet = plan(neuve, nouvelles=(), remplacees=((ancienne, neuve),))
    importer(remplie, projet, {neuve: b"deux"})
    troisieme = lue("a.pdf", b"trois")
    with pytest.raises(StoreError, match="a changé depuis"):
        importer(remplie, plan(remplacees=((ancienne, troisieme),)), {troisieme: b"trois"})
    assert len(imports.imports(remplie)) == 3
    assert sur_disque(remplie) == sorted([sha(b"un"), sha(b"deux")])


def test_files_of_a_dossier_that_left_stay_out(remplie: Campagne) -> None:
    a, b = lue("a.pdf"), lue("b.pdf", b"x", 99)
    importer(remplie, plan(a, b), {a: b"x", b: b"x"})
    assert pieces.received_by_dossier(remplie).keys() == {1}
    assert imports.imports(remplie)[-1].pieces["orphelines"] == 1


def test_errors_are_those_of_the_last_archive(remplie: Campagne) -> None:
    a = lue("a.pdf")
    erreurs = (
        PieceEnErreur(numero=1, nom="b.pdf"),
        PieceEnErreur(numero=99, nom="c"),
        PieceEnErreur(numero=None, nom="d"),
    )
    importer(remplie, plan(a, en_erreur=erreurs), {a: b"x"})
    assert pieces.failed(remplie, 1) == ("b.pdf",)
    assert pieces.failed(remplie, 2) == pieces.failed(remplie, 99) == ()
    importer(remplie, plan(lue("x", numero=2)), {lue("x", numero=2): b"x"})
    assert pieces.failed_by_dossier(remplie) == {1: ("b.pdf",)}
    importer(remplie, plan(inchangees=(a,)), {})
    assert pieces.failed(remplie, 1) == ("b.pdf",)
    b = lue("b.pdf")
    importer(remplie, plan(b), {b: b"x"})
    assert pieces.failed(remplie, 1) == ()


def test_pages_are_remembered_for_every_file_of_these_bytes(remplie: Campagne) -> None:
    a, b = lue("a.pdf"), lue("b.pdf", numero=2)
    importer(remplie, plan(a), {a: b"x"})
    pieces.set_pages(remplie, sha(b"x"), 12)
    importer(remplie, plan(b), {b: b"x"})
    assert [r.pages for n in (1, 2) for r in pieces.received(remplie, n)] == [12, 12]


class _Arret(SilentReporter):
    def step(self, done: int, total: int, label: str) -> None:
        if done:
            raise CancelledError("arrêt")


def test_what_fails_leaves_nothing(remplie: Campagne) -> None:
    a, b = lue("a.pdf", b"u" * 2**21), lue("b.pdf", b"deux")
    importer(remplie, plan(b), {b: b"deux"})
    with pytest.raises(CancelledError), pieces.receiving(remplie):
        pieces.put_bytes(remplie, iter([(b, io.BytesIO(b"deux")), (a, io.BytesIO(b"u" * 2**21))]), _Arret())
    with pytest.raises(KeyError), pieces.receiving(remplie), ecriture(remplie):
        pieces.apply(
            remplie, plan(a), {**garder(remplie, {a: b"u" * 2**21}), a.chemin: {}[0]}, lot=0, auteur="", now=JOUR
        )
    assert sur_disque(remplie) == [sha(b"deux")]
    assert [d.name for d in (remplie.dossier / "pieces").iterdir()] == [sha(b"deux")[:2]]


def test_all_that_is_new_is_on_the_disk_when_put_bytes_returns(
    remplie: Campagne, monkeypatch: pytest.MonkeyPatch
) -> None:
    surs: set[int] = set()
    fsync = os.fsync

    def noter(fd: int) -> None:
        surs.add(os.fstat(fd).st_ino)
        fsync(fd)

    def inodes() -> set[int]:
        return {f.stat().st_ino for f in (remplie.dossier / "pieces").rglob("*")}

    monkeypatch.setattr(os, "fsync", noter)
    contenus = {lue(f"{n}.pdf", o): o for n, o in enumerate((b"", b"un", b"un", b"d" * 2**20, b"t" * (3 * 2**20)))}
    with pieces.receiving(remplie):
        garder(remplie, contenus)
        fichiers = {f.stat().st_ino for f in (remplie.dossier / "pieces").rglob("*") if f.is_file()}
        assert len(fichiers) == 5  # four different ones, and the marker
        assert fichiers <= surs
        assert os.name != "posix" or inodes() <= surs
        assert {f.stat().st_size for f in (remplie.dossier / "pieces").rglob("??/*")} == {0, 2, 2**20, 3 * 2**20}
        surs.clear()
        garder(remplie, contenus)
        assert len(surs) == 1  # nothing is written again: only the marker


def test_a_full_disk_is_told_and_leaves_nothing(remplie: Campagne) -> None:
    class Pleine(io.RawIOBase):
        """A source whose reading fails as the disk would."""

        def read(self, _taille: int = -1) -> bytes:
            raise OSError(errno.ENOSPC, "plein")

    def entrees() -> Iterator[tuple[PieceLue, BinaryIO]]:
        yield lue("a.pdf", b"un"), io.BytesIO(b"un")
        yield lue("b.pdf"), Pleine()  # type: ignore[misc]

    with pytest.raises(StoreUnavailableError, match="plus de place"), pieces.receiving(remplie):
        pieces.put_bytes(remplie, entrees(), SilentReporter())
    assert sur_disque(remplie) == []
    with pytest.raises(StoreUnavailableError, match=r"demandent 1\u202f000\u202f000\u202f000,0\u00a0Go"):
        pieces.check_space(remplie, 10**18)
    pieces.check_space(remplie, 1)


def test_an_interrupted_import_is_swept_at_the_next_opening(remplie: Campagne) -> None:
    dossier, marqueur = remplie.dossier, remplie.dossier / "pieces" / PIECES_EN_COURS
    gardee, ancienne = lue("a.pdf", b"un"), lue("b.pdf", b"deux")
    importer(remplie, plan(gardee), {gardee: b"un"})
    with pieces.receiving(remplie):
        garder(remplie, {gardee: b"un", ancienne: b"deux"})
        (dossier / "pieces" / "abc.partiel").write_bytes(b"d")
        laisse = marqueur.read_bytes()
        etrangere = dossier / "pieces" / "ab" / ("ab" * 32)
        etrangere.parent.mkdir(exist_ok=True)
        etrangere.write_bytes(b"d'un import annule")
    marqueur.write_bytes(laisse)  # as a process that died would leave it
    assert len(sur_disque(remplie)) == 5
    remplie.close()
    with open_campagne(dossier, lecture_seule=True) as lecteur:
        assert len(sur_disque(lecteur)) == 5
    with open_campagne(dossier) as rouverte:
        assert sur_disque(rouverte) == sorted([sha(b"un"), "ab" * 32])
        assert pieces.sweep(rouverte) == 0


def test_bytes_that_a_backup_names_outlive_an_older_one(remplie: Campagne) -> None:
    dossier, a = remplie.dossier, lue("a.pdf", b"un")
    ancienne = back_up(remplie, motif="x", now=MAINTENANT)
    importer(remplie, plan(a), {a: b"un"})
    # as a process that died after its transaction would leave it
    (dossier / "pieces" / PIECES_EN_COURS).write_text(sha(b"un") + "\n", encoding="ascii")
    remplie.close()
    recente = restore(dossier, ancienne, JOUR)
    assert recente is not None
    with open_campagne(dossier) as revenue:
        assert pieces.received(revenue, 1) == ()
    restore(dossier, recente, MAINTENANT)
    with open_campagne(dossier) as revenue:
        (piece,) = pieces.received(revenue, 1)
        assert pieces.is_kept(revenue, piece)


def test_bytes_already_there_are_mended_when_their_size_tells(remplie: Campagne) -> None:
    a = lue("a.pdf", b"un")
    importer(remplie, plan(a), {a: b"un"})
    (recue,) = pieces.received(remplie, 1)
    fichier = pieces.path_of(remplie, recue.empreinte)
    inode = fichier.stat().st_mtime_ns
    with pieces.receiving(remplie):
        garder(remplie, {a: b"un"})
    assert fichier.stat().st_mtime_ns == inode
    fichier.write_bytes(b"tronque")
    assert not pieces.is_kept(remplie, recue)
    with pytest.raises(StoreCorruptError, match="abîmée"):
        pieces.path_of(remplie, recue.empreinte)
    with pieces.receiving(remplie):
        garder(remplie, {a: b"un"})
    assert pieces.path_of(remplie, recue.empreinte).read_bytes() == b"un"


def test_lost_and_altered_bytes_are_told(remplie: Campagne) -> None:
    a, b = lue("a.pdf", b"un"), lue("b.pdf", b"deux")
    importer(remplie, plan(a, b), {a: b"un", b: b"deux"})
    pieces.path_of(remplie, sha(b"un")).unlink()
    pieces.path_of(remplie, sha(b"deux")).write_bytes(b"xxxx")
    with pytest.raises(StoreError, match="n’est plus dans la campagne"):
        pieces.path_of(remplie, sha(b"un"))
    perdue, alteree = verify(remplie)
    assert "« a.pdf » du dossier n° 1 n’est plus dans la campagne" in perdue.replace("\u00a0", " ")
    assert "n’est plus celle qui a été reçue" in alteree
    assert f"{sha(b'deux')}" in alteree


@pytest.mark.parametrize("empreinte", ["", "../../o2r.db", "A" * 64, "a" * 63, "é" * 64])
def test_what_is_no_fingerprint_reaches_no_path(remplie: Campagne, empreinte: str) -> None:
    with pytest.raises(StoreError):
        octets.path_for(remplie, empreinte)


def test_names_that_no_disk_would_take(remplie: Campagne) -> None:
    nom = "CON \ud800 ../" + "é" * 300 + "\0"
    piece = lue(nom.replace("\ud800", ""), b"x")
    importer(remplie, plan(piece), {piece: b"x"})
    (recue,) = pieces.received(remplie, 1)
    assert isinstance(recue, PieceRecue)
    assert sur_disque(remplie) == [sha(b"x")]
