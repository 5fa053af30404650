from dataclasses import dataclass, field

from ui.history import History


@dataclass
class Fait:
    nom: str
    numero: int = 1
    critere: str = ""
    trace: list[str] = field(default_factory=list)

    def undo(self) -> None:
        self.trace.append("undo")

    def redo(self) -> None:
        self.trace.append("redo")


def test_a_new_act_forgets_what_was_undone() -> None:
    history = History()
    un, deux, trois = Fait("un"), Fait("deux"), Fait("trois")
    history.push(un)
    history.push(deux)
    assert history.undo() is deux
    assert history.next_redo is deux
    history.push(trois)
    assert history.next_redo is None
    assert history.next_undo is trois


def test_an_act_that_grows_forgets_what_was_undone() -> None:
    history = History()
    for nom in ("un", "deux"):
        history.push(Fait(nom))
    history.undo()
    history.replace_last(Fait("un et demi"))
    assert history.next_redo is None


def test_every_change_is_said() -> None:
    history, dits = History(), []
    history.changed.connect(lambda: dits.append(history.next_undo))
    acte = Fait("un")
    history.push(acte)
    history.undo()
    history.redo()
    history.clear()
    assert dits == [acte, None, acte, None]
    assert acte.trace == ["undo", "redo"]
    assert history.undo() is None
