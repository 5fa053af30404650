"""What a new binding changes in a campagne: list, doubts under answers, journal; and headers that move."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from o2r_desktop import operations, reception
from o2r_desktop.dossiers.appariement import Lien
from o2r_desktop.dossiers.model import Colonne
from o2r_desktop.errors import CancelledError, ExportError, StoreError
from o2r_desktop.imports.correspondance import parse_correspondance
from o2r_desktop.operations import Session
from o2r_desktop.progress import SilentReporter
from o2r_desktop.reception.adaptation import count_changes, drifts, match
from o2r_desktop.store import connection, journal
from o2r_desktop.store import dossiers as store_dossiers
from o2r_desktop.store.journal import Action
from tests.o2r_desktop.imports.outils import XLSX, lire_sur_place

SILENCE = SilentReporter()
INTITULE, RESUME = Colonne("Intitulé du projet"), Colonne("Résumé du projet (10 lignes)")


class _Arret:
    """Asks to stop once some dossiers are read."""

    def step(self, done: int, total: int, label: str) -> None:
        if done:
            raise CancelledError("arrêt")


def _cles(session: Session, numero: int) -> dict[str, Colonne]:
    brut = store_dossiers.load(session.campagne, numero)
    return {a.id: c for c, a in zip(brut.colonnes, session.liens(brut.colonnes), strict=True) if a}


def _numero(session: Session) -> int:
    return next(a.numero for a in store_dossiers.list_apercus(session.campagne) if a.cout_total)


def _actions(session: Session, *voulues: Action) -> list[journal.Entree]:
    return [e for e in journal.entries(session.campagne) if e.action in voulues]


def test_a_new_binding_makes_the_list_again(session: Session) -> None:
    numero = _numero(session)
    colonnes = _cles(session, numero)
    avant = {a.numero: a for a in store_dossiers.list_apercus(session.campagne)}
    nouvelle = session.correspondance.avec({"intitule": colonnes["resume"], "resume": colonnes["intitule"]})
    promis = count_changes(session, nouvelle, SILENCE)
    assert {a.numero: a for a in store_dossiers.list_apercus(session.campagne)} == avant
    combien = reception.change_correspondance(session, nouvelle, SILENCE)
    assert combien == promis > 0
    complet = operations.load_dossier(session, numero)
    champ = complet.dossier.champ("intitule")
    assert champ is not None
    assert champ.libelle == colonnes["resume"].libelle
    apercus = {a.numero: a for a in store_dossiers.list_apercus(session.campagne)}
    assert apercus[numero].intitule == champ.valeur != avant[numero].intitule
    assert apercus[numero].depot == avant[numero].depot
    assert apercus[numero].cout_total == avant[numero].cout_total
    with operations.twin_session(session) as jumelle:
        assert jumelle.correspondance == session.correspondance == nouvelle


def test_the_journal_keeps_the_old_correspondence(session: Session) -> None:
    ancienne = connection.correspondance_toml(session.campagne)
    nouvelle = session.correspondance.avec({"intitule": Colonne("Autre chose")})
    assert reception.change_correspondance(session, nouvelle, SILENCE) == 0  # no dossier has this column
    (acte,) = _actions(session, Action.CORRESPONDANCE)
    assert (acte.avant, acte.auteur) == (ancienne, "Alix")
    assert parse_correspondance(acte.apres, "x") == nouvelle
    assert reception.change_correspondance(session, nouvelle, SILENCE) == 0
    assert len(_actions(session, Action.CORRESPONDANCE)) == 1
    assert not journal.verify(session.campagne)


def test_answers_that_read_another_value_are_in_doubt(session: Session) -> None:
    numero = _numero(session)
    colonnes = _cles(session, numero)
    for critere in ("ELI-07", "REC-02"):
        operations.save_reponse(session, numero, critere, "oui")
    echange = {"cout_annee_1": colonnes["cout_annee_2"], "cout_annee_2": colonnes["cout_annee_1"]}
    avant = operations.load_dossier(session, numero).dossier
    montants = avant.nombre("cout_annee_1"), avant.nombre("cout_annee_2")
    assert montants[0] != montants[1]
    assert reception.change_correspondance(session, session.correspondance.avec(echange), SILENCE)
    evaluation = operations.load_dossier(session, numero).evaluation
    assert not evaluation.reponses["REC-02"].a_reconfirmer
    reponse = evaluation.reponses["ELI-07"]
    assert (reponse.valeur, reponse.a_reconfirmer) == ("oui", True)
    assert [c.libelle for c in reponse.changements] == [
        colonnes["cout_annee_2"].libelle,
        colonnes["cout_annee_1"].libelle,
    ]
    assert reponse.changements[0].avant == reponse.changements[1].apres != reponse.changements[0].apres
    assert [(a.numero, a.critere) for a in _actions(session, Action.A_RECONFIRMER)] == [(numero, "ELI-07")]


def test_an_attribute_without_column_is_no_longer_read(session: Session) -> None:
    numero = _numero(session)
    operations.save_reponse(session, numero, "ELI-07", "oui")
    reception.change_correspondance(session, session.correspondance.avec({"cout_total": None}), SILENCE)
    assert operations.load_dossier(session, numero).dossier.champ("cout_total") is None
    (changement,) = operations.load_dossier(session, numero).evaluation.reponses["ELI-07"].changements
    assert changement.avant
    assert changement.apres == ""
    reception.change_correspondance(session, reception.default_correspondance(), SILENCE)
    assert operations.load_dossier(session, numero).dossier.nombre("cout_total")


def test_a_block_read_otherwise_is_told(session: Session) -> None:
    texte = connection.correspondance_toml(session.campagne)
    sans = parse_correspondance(texte.replace('"Membres du consortium", ', ""), "x")
    assert sans.blocs != session.correspondance.blocs
    avec_membres = [
        n for n in store_dossiers.known(session.campagne) if operations.load_dossier(session, n).dossier.membres
    ]
    operations.save_reponse(session, avec_membres[0], "ELI-02", "oui")
    assert reception.change_correspondance(session, sans, SILENCE) == len(avec_membres)
    assert not any(m.nom for m in operations.load_dossier(session, avec_membres[0]).dossier.membres)
    (changement,) = operations.load_dossier(session, avec_membres[0]).evaluation.reponses["ELI-02"].changements
    assert (changement.libelle, changement.apres) == ("Membres du consortium", "")


def test_a_cancel_leaves_everything(session: Session) -> None:
    ancienne = session.correspondance
    texte = connection.correspondance_toml(session.campagne)
    avant = store_dossiers.list_apercus(session.campagne)
    colonnes = _cles(session, _numero(session))
    nouvelle = ancienne.avec({"intitule": colonnes["resume"], "resume": None})
    with pytest.raises(CancelledError):
        reception.change_correspondance(session, nouvelle, _Arret())
    assert connection.correspondance_toml(session.campagne) == texte
    assert store_dossiers.list_apercus(session.campagne) == avant
    assert session.correspondance == ancienne
    assert not _actions(session, Action.CORRESPONDANCE)


def test_inside_an_import_that_fails(session: Session) -> None:
    ancienne = session.correspondance
    colonnes = _cles(session, _numero(session))
    nouvelle = ancienne.avec({"intitule": colonnes["resume"]})

    def importer() -> None:
        with connection.ecriture(session.campagne):
            reception.change_correspondance(session, nouvelle, SILENCE)
            assert session.correspondance == nouvelle
            raise StoreError("plus de place")

    with pytest.raises(StoreError):
        importer()
    session.oublier_correspondance()
    assert session.correspondance == ancienne


def test_the_campagne_shows_its_own_columns(session: Session) -> None:
    appariement = reception.match_campagne(session)
    assert [p.attribut for p in appariement.propositions] == list(session.correspondance.attributs)
    assert any(p.retenu and p.retenu.lien is Lien.EXACT for p in appariement.propositions)
    assert any(c.exemples for c in appariement.colonnes)
    assert all(c.remplies <= c.total for c in appariement.colonnes)


def test_an_empty_campagne_has_no_column(tmp_path: Path, session: Session) -> None:
    operations.create_campagne(tmp_path / "vide", maintenant=session.horloge())
    with operations.open_session(tmp_path / "vide", auteur="Alix") as vide:
        assert reception.match_campagne(vide).colonnes == ()
        assert drifts(vide, [lire_sur_place(XLSX)]) == ()
        assert reception.change_correspondance(vide, vide.correspondance.avec({"rib": None}), SILENCE) == 0


def test_headers_are_compared_with_the_last_import_of_their_kind(session: Session) -> None:
    lu = lire_sur_place(XLSX)
    ids = reception.apply_plans(session, reception.plan_in_campagne(session, [lu]))
    assert drifts(session, [lu]) == ()
    assert ids
    (jeu,) = lu.jeux
    renommee = Colonne("Tout autre intitulé")
    place = next(i for i, c in enumerate(jeu) if c.libelle == "Intitulé du projet")
    moins = replace(lu, jeux=((*jeu[:place], renommee, *jeu[place + 1 : -1]),))
    moins = replace(
        moins,
        dossiers=tuple(
            replace(d, contenu=json.dumps({**(r := json.loads(d.contenu)), "cellules": r["cellules"][:-1]}))
            for d in moins.dossiers
        ),
    )
    (derive,) = drifts(session, [moins])
    assert (derive.fichier, derive.reference) == (XLSX.name, XLSX.name)
    assert derive.manquantes == (jeu[-1],)
    assert [(r.ancienne, r.nouvelle) for r in derive.renommees] == [(jeu[place], renommee)]
    assert derive.renommees[0].egales == derive.renommees[0].comparees >= 3
    appariement = match([moins], session.correspondance, [derive])
    intitule = next(p for p in appariement.propositions if p.attribut.id == "intitule")
    assert intitule.retenu is None
    assert [(c.colonne, c.lien) for c in intitule.candidats][:1] == [(renommee, Lien.RENOMME)]


def test_a_correspondence_goes_to_a_colleague_and_comes_back(session: Session, tmp_path: Path) -> None:
    reception.change_correspondance(session, session.correspondance.avec({"rib": Colonne("IBAN")}), SILENCE)
    reception.export_correspondance(session, tmp_path / "c.toml")
    assert reception.import_correspondance(tmp_path / "c.toml") == session.correspondance
    with pytest.raises(StoreError, match=r"c\.toml"):
        reception.export_correspondance(session, tmp_path / "absent" / "c.toml")
    with pytest.raises(ExportError, match=r"rien\.toml"):
        reception.import_correspondance(tmp_path / "rien.toml")
