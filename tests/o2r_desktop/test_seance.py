"""The committee of the demonstration, from the store to its papers, read back with another library."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from o2r_desktop import operations, seance
from o2r_desktop.authenticite import Verdict, verifier_note
from o2r_desktop.cli import run
from o2r_desktop.comite import etat
from o2r_desktop.comite.matiere import Genre
from o2r_desktop.comite.modele import Condition, Decision, Sens
from o2r_desktop.errors import NoteError, StoreError, TableauError
from o2r_desktop.operations import Session, actes
from o2r_desktop.operations.comite import load_candidats, load_comite, write
from o2r_desktop.store.verification import verify
from o2r_desktop.suivi.historique import historique
from tests.conftest import MAINTENANT

RESERVES, FAVORABLE, REFUS = 25000101, 25000104, 25000110
DECISION = Decision(
    sens=Sens.CONDITIONS,
    motif="Le besoin est établi ; le budget est à corriger.",
    montants={"2026": Decimal("160000.00"), "2027": Decimal("190000.50"), "2028": Decimal(200_000)},
    conditions=(Condition(texte="Produire un budget corrigé", responsable="Porteur", echeance=date(2025, 12, 1)),),
    pour=2,
    contre=0,
    abstentions=0,
)


@pytest.fixture
def campagne(demonstration_faite: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(demonstration_faite, tmp_path / "c", ignore=shutil.ignore_patterns("verrou")))


@pytest.fixture
def session(campagne: Path) -> Iterator[Session]:
    with operations.open_session(campagne, auteur="Camille", horloge=lambda: MAINTENANT) as ouverte:
        yield ouverte


def texte(fichier: Path) -> str:
    document = pypdfium2.PdfDocument(fichier)
    dit = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return " ".join(dit.replace("\u00a0", " ").replace("\u202f", " ").split())


def decider(session: Session, decision: Decision = DECISION, numero: int = RESERVES) -> dict[str, object]:
    return write(session, {etat.cle(etat.DECISION, numero): etat.decision_dite(decision)})


def test_candidates_are_the_evaluated_dossiers(session: Session) -> None:
    trouves = {c.numero: c for c in load_candidats(session)}
    assert set(trouves) == {RESERVES, FAVORABLE, REFUS}
    c = trouves[RESERVES]
    assert (c.note, c.priorite, c.departements, c.definitif) == (Decimal("79.50"), "P1", ("72",), True)
    assert (sum(c.montants.values()), c.limite) == (Decimal("565400.00"), Decimal("565400.00"))
    assert trouves[REFUS].refus


def test_changed_data_are_told(session: Session) -> None:
    operations.reopen(session, FAVORABLE, "revoir")
    trouves = {c.numero: c for c in load_candidats(session)}
    assert not trouves[FAVORABLE].definitif


def test_scenario_of_the_demonstration(session: Session) -> None:
    m = seance.load_matiere(session)
    assert [(li.candidat.numero, li.sort.value) for li in m.simulation.lignes] == [
        (RESERVES, "retenu"), (FAVORABLE, "retenu"), (REFUS, "ecarte"),
    ]  # fmt: skip
    assert m.simulation.total == Decimal("802400.00")
    assert m.simulation.reste["2026"] == Decimal("61200.00")


def test_a_change_is_journaled_verified_told_and_taken_back(session: Session) -> None:
    avant = decider(session)
    assert avant == {etat.cle(etat.DECISION, RESERVES): None}
    assert load_comite(session).decisions == {RESERVES: DECISION}
    assert verify(session.campagne) == []
    dit = historique(session, RESERVES)[-1]
    assert dit.phrase == "Décision du comité"
    assert "550 000,50" in dit.details[0].apres.replace("\u202f", " ")
    assert decider(session) == {}  # the same again writes nothing
    write(session, avant)
    assert load_comite(session).decisions == {}
    assert verify(session.campagne) == []


def test_a_value_changed_behind_the_journal_is_found(session: Session) -> None:
    decider(session)
    session.campagne.db.execute("UPDATE comite SET valeur = '\"B\"' WHERE cle LIKE 'decision/%'")
    (phrase,) = verify(session.campagne)
    assert "decision/25000101" in phrase


def test_nothing_is_half_written(session: Session) -> None:
    session.campagne.db.execute("PRAGMA query_only = ON")
    with pytest.raises(StoreError):
        decider(session)
    session.campagne.db.execute("PRAGMA query_only = OFF")
    assert load_comite(session).decisions == {}


def test_papers_say_what_was_decided(session: Session, tmp_path: Path) -> None:
    decider(session)
    ecrits = {e.genre: e for e in seance.write_papers(session, tmp_path / "papiers")}
    dits = {genre: texte(e.fichier) for genre, e in ecrits.items()}
    pv = dits[Genre.PROCES_VERBAL]
    for attendu in ("14 octobre 2025", "Membre A (DREETS, présidence)", "Membre C (administrateur d’un partenaire",
                    "550 000,50 € : 160 000,00 € en 2026, 190 000,50 € en 2027 et 200 000,00 € en 2028",
                    "2 pour, 0 contre, 0 abstention (2 votants)", "Produire un budget corrigé", "01/12/2025",
                    "non prise", "Projet, 2 dossiers sans décision"):  # fmt: skip
        assert attendu in pv, attendu
    releve = dits[Genre.RELEVE]
    assert "Retenu sous conditions" in releve
    assert "Élan Rivage" in releve  # without decision, and said so
    ordre = dits[Genre.ORDRE_DU_JOUR]
    assert "inconnue" not in ordre  # a refusal proposes nothing, it does not propose an unknown amount
    assert "À débattre (1 dossier)" in ordre
    assert "Consensus (1 dossier)" in ordre
    assert "Personnes allophones" in ordre
    presence = dits[Genre.PRESENCE]
    assert "Membre D" in presence
    assert "Les Passeurs du Loir" in presence


def test_the_same_data_give_the_same_bytes(session: Session, tmp_path: Path) -> None:
    premiers = [e.sha256 for e in seance.write_papers(session, tmp_path / "a")]
    recueil = seance.write_booklet(session, tmp_path / "a" / "r.pdf").sha256
    assert [e.sha256 for e in seance.write_papers(session, tmp_path / "b")] == premiers
    assert seance.write_booklet(session, tmp_path / "b" / "r.pdf").sha256 == recueil
    decider(session)
    assert [e.sha256 for e in seance.write_papers(session, tmp_path / "c")] != premiers


def test_booklet_holds_page_one_of_each_note_where_the_contents_say(session: Session, tmp_path: Path) -> None:
    ecrit = seance.write_booklet(session, tmp_path / "recueil.pdf")
    document = pypdfium2.PdfDocument(ecrit.fichier)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    signets = [(s.get_title(), s.get_dest().get_index()) for s in document.get_toc()]
    document.close()
    assert len(pages) == ecrit.pages
    porteurs = {"Les Passeurs du Loir": RESERVES, "La Fabrique des Chemins": FAVORABLE, "Élan Rivage": REFUS}
    for porteur in porteurs:
        (place,) = [page for titre, page in signets if porteur in titre]
        assert pages[place].count(porteur) >= 1
        assert "Appréciation par section" in pages[place]
        assert str(place + 1) in pages[1]
    assert "Tableau comparatif" in pages[2]


def test_an_empty_committee_has_papers_all_the_same(campagne_demo: Path, tmp_path: Path) -> None:
    with operations.open_session(campagne_demo, auteur="Alix", lecture_seule=True) as vide:
        ecrits = seance.write_papers(vide, tmp_path)
        seance.write_booklet(vide, tmp_path / "recueil.pdf")
    assert "Aucun dossier n’est évalué." in texte(ecrits[1].fichier)
    assert "Projet" in texte(ecrits[2].fichier)


def test_table_holds_everything(session: Session, tmp_path: Path) -> None:
    decider(session, replace(DECISION, motif="=1+1"))
    seance.write_table(session, tmp_path / "t.xlsx")
    feuille = openpyxl.load_workbook(tmp_path / "t.xlsx").worksheets[0]
    lignes = list(feuille.iter_rows(values_only=True))
    tetes = list(lignes[0])
    assert {c.id for c in session.grille.criteres} <= set(tetes)
    premiere = dict(zip(tetes, lignes[1], strict=True))
    assert (premiere["N°"], premiere["Accordé 2027"]) == (RESERVES, 190000.5)
    assert premiere["Motif de la décision"] == "=1+1"
    assert feuille.cell(2, tetes.index("Motif de la décision") + 1).data_type == "s"
    assert premiere["Déports"] == "Membre C"
    seance.write_table(session, tmp_path / "t.ods")


@pytest.mark.parametrize(("nom", "erreur"), [("r.txt", NoteError), ("t.pdf", TableauError)])
def test_wrong_endings_are_refused(session: Session, tmp_path: Path, nom: str, erreur: type[Exception]) -> None:
    ecrire = seance.write_booklet if nom == "r.txt" else seance.write_table
    with pytest.raises(erreur):
        ecrire(session, tmp_path / nom)
    assert not (tmp_path / nom).exists()


class TestVerdict:
    def note(self, session: Session) -> Path:
        return next((session.campagne.dossier / "notes").glob(f"note_{FAVORABLE}*.pdf"))

    def test_the_note_that_was_written(self, session: Session) -> None:
        assert verifier_note(session, self.note(session)).verdict is Verdict.CONFORME

    def test_outdated_when_the_dossier_changed(self, session: Session) -> None:
        note = self.note(session)
        operations.reopen(session, FAVORABLE, "revoir")
        operations.save_reponse(session, FAVORABLE, "FIN-02", "1", commentaire="revu")
        assert verifier_note(session, note).verdict is Verdict.PERIMEE

    def test_altered_when_a_byte_of_the_drawing_changed(self, session: Session, tmp_path: Path) -> None:
        import pikepdf

        with pikepdf.open(self.note(session)) as pdf:
            pdf.docinfo["/Title"] = "Autre titre"
            pdf.save(tmp_path / "f.pdf")
        assert verifier_note(session, tmp_path / "f.pdf").verdict is Verdict.ALTEREE

    def test_altered_when_the_data_changed(self, session: Session, tmp_path: Path) -> None:
        import pikepdf

        with pikepdf.open(self.note(session)) as pdf:
            brut = pdf.attachments["donnees.json"].get_file().read_bytes().replace(b"237000", b"999000")
            pdf.attachments["donnees.json"] = pikepdf.AttachedFileSpec(pdf, brut, filename="donnees.json")
            pdf.save(tmp_path / "f.pdf")
        assert verifier_note(session, tmp_path / "f.pdf").verdict is Verdict.ALTEREE

    def test_foreign_when_the_campagne_has_no_such_dossier(self, session: Session, tmp_path: Path) -> None:
        note = self.note(session)
        operations.create_campagne(tmp_path / "autre", maintenant=MAINTENANT)
        with operations.open_session(tmp_path / "autre", auteur="A") as autre:
            assert verifier_note(autre, note).verdict is Verdict.ETRANGERE

    def test_unknown_when_this_campagne_did_not_write_it(
        self, session: Session, campagne_demo: Path, tmp_path: Path
    ) -> None:
        with operations.open_session(campagne_demo, auteur="A") as autre:
            assert verifier_note(autre, self.note(session)).verdict is Verdict.INCONNUE

    @pytest.mark.parametrize("contenu", [b"", b"%PDF-1.7\nrien", b"PK\x03\x04", b"\x00" * 5000])
    def test_no_note_at_all(self, session: Session, tmp_path: Path, contenu: bytes) -> None:
        (tmp_path / "x.pdf").write_bytes(contenu)
        with pytest.raises(NoteError):
            verifier_note(session, tmp_path / "x.pdf")

    def test_a_pdf_without_data_or_no_file(self, session: Session, tmp_path: Path) -> None:
        papier = seance.write_papers(session, tmp_path, [Genre.PRESENCE])[0].fichier
        for fichier in (papier, tmp_path / "absent.pdf"):
            with pytest.raises(NoteError):
                verifier_note(session, fichier)


def test_command_line(campagne: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import json

    ou = ["--campagne", str(campagne), "--json"]
    assert run(["seance", "--sortie", str(tmp_path / "p"), *ou]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [p["genre"] for p in document["papiers"]] == [g.value for g in seance.PAPIERS]
    assert document["scenario"]["engage"]["2026"] == "238800.00"
    assert run(["recueil", "--sortie", str(tmp_path / "r.pdf"), *ou]) == 0
    assert json.loads(capsys.readouterr().out)["pages"] == 6
    assert run(["tableau", "--sortie", str(tmp_path / "t.ods"), *ou]) == 0
    assert json.loads(capsys.readouterr().out)["lignes"] == 3
    note = next((campagne / "notes").glob("*.pdf"))
    assert run(["verifier", str(note), *ou]) == 0
    assert json.loads(capsys.readouterr().out)["verdict"] == "conforme"
    (tmp_path / "x.pdf").write_bytes(b"x")
    assert run(["verifier", str(tmp_path / "x.pdf"), *ou]) == 1
    assert "n’est pas une note" in capsys.readouterr().err


def test_an_act_of_the_committee_is_none_of_the_evaluation(session: Session) -> None:
    decider(session)
    assert actes.next_undo(session) is None  # the committee has its own way back
