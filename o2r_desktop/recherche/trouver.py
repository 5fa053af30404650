"""From a question to the dossiers that answer it, and to the places where they do."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from o2r_desktop.dossiers.question import Terme, termes
from o2r_desktop.errors import StoreError
from o2r_desktop.operations import Session
from o2r_desktop.recherche.extraits import Marque, Surligneur, fragments
from o2r_desktop.recherche.modele import Passage, Resultat, Source
from o2r_desktop.store import recherche as store
from o2r_desktop.store.connection import Campagne

PAR_DOSSIER = 3
"""Passages of one dossier, so that others have some; as many as there are when one dossier is asked for."""
_LOT = 20
"""Sheets read at once."""


def chercher(
    session: Session,
    question: str,
    *,
    parmi: Collection[int] | None = None,
    limite: int = 60,
    numero: int | None = None,
) -> Resultat:
    """Search words, beginnings of words and «"phrases"», accents and case set aside; at most *limite* passages.

    Only the dossier *numero* is searched when it is given. A dossier answers when each term stands somewhere in it:
    its form, its pieces or its row of the list; «-mot» leaves out those where it stands. A term of one letter is
    looked for in the rows only. An empty question is answered by every dossier. Without an index that can be read,
    rows alone are searched. Never raises for a question, whatever its characters; raises StoreError when the
    campagne itself cannot be read.
    """
    demandes = termes(question)
    if numero is not None:
        parmi = {numero} if parmi is None else {numero}.intersection(parmi)
    try:
        with store.consulter(session.campagne) as index:
            return _chercher(session.campagne, index, demandes, parmi, limite)
    except store.IndexPerduError:
        if not session.campagne.lecture_seule:
            with suppress(StoreError):
                store.supprimer(session.campagne)
    except StoreError:  # the index again: absent, or held by a long write
        pass
    return _chercher(session.campagne, None, demandes, parmi, limite)


def _chercher(
    campagne: Campagne,
    index: store.Index | None,
    demandes: Sequence[Terme],
    parmi: Collection[int] | None,
    limite: int,
) -> Resultat:
    complet = index is not None and index.jeton() == store.jeton(campagne)
    voulus = [terme for terme in demandes if not terme.exclu]
    trouves = None if complet and voulus else store.numeros(campagne)
    for terme in sorted(voulus, key=lambda t: -len(t.texte)):
        trouves = _qui_portent(campagne, index, terme, trouves)
    trouves = (trouves or set()) if parmi is None else (trouves or set()).intersection(parmi)
    for terme in demandes:
        if terme.exclu:
            trouves -= _qui_portent(campagne, index, terme, trouves)
    tries = len(voulus) < len(demandes) or parmi is not None or not complet
    passages = _passages(index, voulus, trouves, limite, tries=tries) if index is not None and trouves else []
    return Resultat(numeros=frozenset(trouves), passages=tuple(passages), complet=complet)


def _qui_portent(campagne: Campagne, index: store.Index | None, terme: Terme, parmi: set[int] | None) -> set[int]:
    """Return the dossiers where a term stands, among some when they are given."""
    if parmi is not None and not parmi:
        return set()
    expression = expression_de(terme)
    portent = index.numeros(expression) if index is not None and expression else set()
    if parmi is not None and parmi <= portent:  # rows would add nothing
        return set(parmi)
    portent |= store.contenant(campagne, terme.simple)
    return portent if parmi is None else portent & parmi


def expression_de(terme: Terme) -> str:
    """Return a term as the index is asked for it, «» when it would hold nearly everything.

    The first letter of a word that is being typed says nothing: it is left out.
    """
    lettres = terme.lettres
    if terme.debut and lettres and len(lettres[-1]) == 1:
        lettres = lettres[:-1]
        return store.expression(" ".join(lettres), debut=False) if lettres else ""
    return store.expression(terme.texte, debut=terme.debut) if lettres else ""


def _passages(
    index: store.Index, voulus: Iterable[Terme], trouves: set[int], limite: int, *, tries: bool
) -> list[Passage]:
    """Return passages of *trouves*; unless *tries*, every sheet that holds all the words is one of theirs."""
    expressions = {expression_de(terme): terme for terme in voulus}
    expressions.pop("", None)
    if not expressions or limite < 1:
        return []
    places = index.meilleurs(" AND ".join(expressions), limite, trouves if tries else None)
    if len(places) < limite and len(expressions) > 1:
        autres = index.meilleurs(" OR ".join(expressions), limite, trouves)
        places = list(dict.fromkeys((*places, *autres)))[:limite]
    surligneur = Surligneur(list(expressions.values()))
    gardes: list[_Candidat] = []
    comptes: Counter[int] = Counter()
    for debut in range(0, len(places), _LOT):
        if len(gardes) >= limite:  # the best sheets came first
            break
        for feuillet in index.feuillets(places[debut : debut + _LOT]):
            for candidat in sorted(_candidats(feuillet, surligneur, trouves), key=_merite):
                comptes[candidat.numero] += 1
                if len(trouves) == 1 or comptes[candidat.numero] <= PAR_DOSSIER:
                    gardes.append(candidat)
    return [candidat.passage() for candidat in sorted(gardes, key=_merite)[:limite]]


class _Candidat(NamedTuple):
    """A text of a sheet that holds words of the question."""

    numero: int
    feuillet: store.Feuillet
    ou: str
    texte: str
    marques: Sequence[Marque]

    def passage(self) -> Passage:
        """Return what is shown of it."""
        return Passage(
            numero=self.numero,
            source=Source.PIECE if self.feuillet.page else Source.FORMULAIRE,
            ou=self.feuillet.dossiers[self.numero] if self.feuillet.page else self.ou,
            fragments=fragments(self.texte, self.marques),
            empreinte=self.feuillet.empreinte,
            page=self.feuillet.page or None,
        )


def _candidats(feuillet: store.Feuillet, surligneur: Surligneur, trouves: set[int]) -> Iterator[_Candidat]:
    """Yield the texts of a sheet that hold words; the page of a piece is one text, of each dossier that has it."""
    for ou, texte in feuillet.lignes:
        marques = surligneur.marquer(texte)
        if marques or feuillet.page:
            for numero in feuillet.dossiers:
                if numero in trouves:
                    yield _Candidat(numero, feuillet, ou, texte, marques)


def _merite(candidat: _Candidat) -> int:
    """Return what sorts the texts that hold the most words first."""
    return -len({rang for _debut, _fin, rang in candidat.marques})
