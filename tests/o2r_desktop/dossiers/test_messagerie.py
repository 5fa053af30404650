from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from o2r_desktop.dossiers.messagerie import en_texte, messages
from o2r_desktop.dossiers.model import Enregistrement, Origine


def enregistrement(bruts: Any, **fixes: str) -> Enregistrement:
    return Enregistrement(
        numero=1, origine=Origine.JSON_API, fixes=fixes, demandeur={}, colonnes=(), cellules=(), blocs=None,
        autres={"messages": bruts},
    )  # fmt: skip


def brut(email: str, le: str, **plus: Any) -> dict[str, Any]:
    return {"email": email, "body": "<p>Bonjour</p>", "createdAt": le, "attachments": [], **plus}


def test_messages_are_read_in_order_and_told_whose_they_are() -> None:
    lus = messages(
        enregistrement(
            [
                brut("Contact@asso.test", "2025-09-12T10:00:00+02:00", attachments=[{"filename": "bilan.pdf"}]),
                brut("agent@etat.test", "2025-09-01T10:00:00+02:00"),
            ],
            email="contact@asso.test",
        )
    )
    assert [(m.du_porteur, m.pieces) for m in lus] == [(False, ()), (True, ("bilan.pdf",))]
    assert lus[0].le == datetime(2025, 9, 1, 8, tzinfo=UTC)


def test_without_the_address_of_the_account_what_no_instructor_wrote_is_the_applicant_s() -> None:
    bruts = [brut("agent@etat.test", "2025-09-01T10:00:00Z"), brut("x@asso.test", "2025-09-02T10:00:00Z")]
    assert [m.du_porteur for m in messages(enregistrement(bruts, instructeurs="agent@etat.test"))] == [False, True]


def test_a_body_of_html_becomes_words_on_lines() -> None:
    assert (
        en_texte("<p>Été&nbsp;: <b>12</b> ETP</p><p>Voir<br/>ci-joint</p>") == "Été\u00a0: 12 ETP\nVoir\nci-joint"
    )
    assert en_texte("<script>alert(1)</script>\u202e<") == "alert(1)<"
    assert en_texte(None) == ""


def test_what_is_no_message_is_left_out() -> None:
    bruts = [3, {}, brut("x@y.test", "hier"), brut("x@y.test", "0001-01-01T00:00:00"), {"createdAt": "2025-09-01"}]
    assert len(messages(enregistrement(bruts))) == 1
    assert messages(replace(enregistrement([]), autres={"messages": {"a": 1}})) == ()


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda enfants: (
        st.lists(enfants, max_size=3)
        | st.dictionaries(st.sampled_from(["email", "body", "createdAt", "attachments", "filename"]), enfants)
    ),
    max_leaves=8,
)


@given(st.lists(_JSON, max_size=4))
def test_no_message_makes_the_reader_fail(bruts: list[Any]) -> None:
    for message in messages(enregistrement(bruts)):
        assert "\n" not in message.expediteur
