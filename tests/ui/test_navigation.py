from pathlib import Path

from o2r_desktop.suivi import Filtre
from ui.navigation import Navigation, Onglet


def test_each_request_is_told_whole() -> None:
    navigation, dits = Navigation(), []
    for signal in (
        navigation.page_requested,
        navigation.liste_requested,
        navigation.dossier_requested,
        navigation.champ_requested,
        navigation.piece_requested,
        navigation.resume_requested,
        navigation.tri_requested,
        navigation.planning_requested,
        navigation.import_requested,
        navigation.rapport_requested,
        navigation.notes_requested,
        navigation.campagne_requested,
        navigation.demonstration_requested,
        navigation.reading_requested,
    ):
        signal.connect(lambda *arguments: dits.append(arguments))
    navigation.go("dossiers")
    navigation.show_liste(Filtre(recherche="sillage"))
    navigation.open_dossier(2**33, critere_id="FIN-02", onglet=Onglet.NOTE)
    navigation.open_champ(2**33, "Statuts", rang=2)
    navigation.open_piece(2**33, "ab" * 32, page=4, mots="fonds dédiés")
    navigation.resume()
    navigation.sort()
    navigation.plan_work()
    navigation.import_files([Path("a.csv")])
    navigation.show_rapport(7)
    navigation.produce_notes((2**33,))
    navigation.open_campagne(Path("c"))
    navigation.open_demonstration()
    navigation.set_reading(True)
    assert dits == [
        ("dossiers",),
        (Filtre(recherche="sillage"),),
        (2**33, "FIN-02", "note"),
        (2**33, "Statuts", 2),
        (2**33, "ab" * 32, 4, "fonds dédiés"),
        (),
        (),
        (),
        ([Path("a.csv")],),
        (7,),
        ([2**33],),
        (Path("c"),),
        (),
        (True,),
    ]
