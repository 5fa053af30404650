"""What is dropped on the window: files, folders of exports."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl

from ui.drops import exports_among, exports_in


def donnees(*chemins: Path) -> QMimeData:
    apport = QMimeData()
    apport.setUrls([QUrl.fromLocalFile(str(c)) for c in chemins])
    return apport


def test_a_folder_gives_its_exports_in_order(tmp_path: Path) -> None:
    for nom in ("b.ods", "a.ZIP", "lisez-moi.txt"):
        (tmp_path / nom).touch()
    (tmp_path / "sous.csv").mkdir()
    assert [c.name for c in exports_in(donnees(tmp_path))] == ["a.ZIP", "b.ods"]


def test_a_file_of_another_kind_is_not_an_export(tmp_path: Path) -> None:
    texte = tmp_path / "notes.docx"
    texte.touch()
    assert exports_in(donnees(texte)) == []
    assert exports_among([texte]) == [texte]  # chosen in the dialog: its reading says why it is refused


def test_a_whole_disk_is_not_taken(tmp_path: Path) -> None:
    for rang in range(230):
        (tmp_path / f"{rang}.csv").touch()
    assert len(exports_among([tmp_path])) == 200
