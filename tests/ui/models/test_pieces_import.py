"""Files of archives by dossier, and archives without the dossiers left out."""

from tests.ui.pages.importation.fabrique import plan_pieces
from ui.models.pieces_import import pieces_by_dossier, retain_archives


def test_each_dossier_has_its_files_and_lacks() -> None:
    par_dossier = pieces_by_dossier([plan_pieces([1, 2, 3])])
    assert {n: p.apport for n, p in par_dossier.items()} == {1: 3, 2: 2, 3: 0}
    assert par_dossier[3].manquantes == ("attestation.pdf",)
    assert [p.nom for p in par_dossier[1].inchangees] == ["rib.pdf"]
    assert 99999999 not in par_dossier


def test_the_same_lack_in_two_archives_is_one() -> None:
    archive = plan_pieces([1, 2])
    assert pieces_by_dossier([archive, archive])[2].manquantes == ("attestation.pdf",)


def test_dossiers_left_out_take_their_files_with_them() -> None:
    archive = plan_pieces([1, 2, 3])
    (retenue,) = retain_archives([archive], {1, 3})
    assert {p.numero for p in retenue.nouvelles} == {2}
    assert retenue.remplacees == retenue.inchangees == ()
    assert retenue.manquantes == {}
    assert retenue.orphelines == archive.orphelines
    assert retain_archives([archive], ()) == (archive,)
