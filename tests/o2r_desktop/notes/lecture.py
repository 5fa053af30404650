"""Reads a PDF the way a screen reader does: the structure tree, and the text of each mark."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf

_CODES = re.compile(rb"<([0-9A-Fa-f]+)> <([0-9A-Fa-f]+)>")


@dataclass
class Noeud:
    balise: str
    texte: str = ""
    alt: str = ""
    portee: str = ""
    liens: int = 0
    enfants: list["Noeud"] = field(default_factory=list)

    def tout(self) -> Iterator["Noeud"]:
        yield self
        for enfant in self.enfants:
            yield from enfant.tout()


@dataclass
class Document:
    racine: Noeud
    artefacts: list[str]

    @property
    def texte(self) -> str:
        return "\n".join(n.texte for n in self.racine.tout() if n.texte)


def lire(octets: bytes) -> Document:
    with pikepdf.open(io.BytesIO(octets)) as pdf:
        marques: dict[tuple[int, int], str] = {}
        artefacts: list[str] = []
        numeros = {}
        for rang, page in enumerate(pdf.pages):
            numeros[page.objgen] = rang
            artefacts.append(_page(page, rang, marques))
        racine = _noeud(pdf.Root.StructTreeRoot.K, numeros, marques)
    return Document(racine, artefacts)


def _page(page: pikepdf.Page, rang: int, marques: dict[tuple[int, int], str]) -> str:
    polices = {nom: _carte(police) for nom, police in page.Resources.Font.items()}
    pile: list[tuple[int | None, str | None]] = []
    artefact, carte = "", {}
    for operandes, operateur in pikepdf.parse_content_stream(page):
        op = str(operateur)
        if op == "BDC":
            infos = operandes[1]
            mcid = int(infos.MCID) if "/MCID" in infos else (pile[-1][0] if pile else None)
            reel = str(infos.ActualText) if "/ActualText" in infos else None
            pile.append((mcid, reel))
            if reel is not None and mcid is not None:
                marques[rang, mcid] = marques.get((rang, mcid), "") + reel
        elif op == "EMC":
            pile.pop()
        elif op == "Tf":
            carte = polices[str(operandes[0])]
        elif op == "Tj":
            assert pile, "text outside of any mark"
            texte = "".join(carte[c] for c in bytes(operandes[0]))
            mcid, reel = pile[-1]
            if mcid is None:
                artefact += texte + "\n"
            elif reel is None:
                marques[rang, mcid] = marques.get((rang, mcid), "") + texte
    assert not pile
    return artefact


def _carte(police: pikepdf.Object) -> dict[int, str]:
    paires = _CODES.findall(police.ToUnicode.read_bytes().split(b"beginbfchar")[1])
    return {int(a, 16): bytes.fromhex(b.decode()).decode("utf-16-be") for a, b in paires}


def _noeud(objet: pikepdf.Object, numeros: dict, marques: dict[tuple[int, int], str]) -> Noeud:
    noeud = Noeud(str(objet.S)[1:], alt=str(objet.get("/Alt", "")))
    if "/A" in objet and "/Scope" in objet.A:
        noeud.portee = str(objet.A.Scope)[1:]
    page = numeros[objet.Pg.objgen] if "/Pg" in objet else None
    morceaux: list[str] = []
    for enfant in objet.K:
        if isinstance(enfant, int):
            morceaux.append(marques.get((page, enfant), ""))
        elif enfant.get("/Type") == "/MCR":
            morceaux.append(marques.get((numeros[enfant.Pg.objgen], int(enfant.MCID)), ""))
        elif enfant.get("/Type") == "/OBJR":
            assert str(enfant.Obj.Contents)
            noeud.liens += 1
        else:
            noeud.enfants.append(_noeud(enfant, numeros, marques))
    noeud.texte = "".join(morceaux)
    return noeud


def plan(octets: bytes) -> str:
    """Return the tree as indented lines, one per element that holds text, an alternative or children."""
    lignes: list[str] = []

    def ecrire(noeud: Noeud, retrait: int) -> None:
        details = f" [{noeud.portee}]" if noeud.portee else ""
        details += " → lien" if noeud.liens else ""
        details += f" (alt : {noeud.alt})" if noeud.alt else ""
        texte = noeud.texte.replace("\u202f", "·").replace("\u00a0", "~").rstrip()
        lignes.append(f"{' ' * retrait}{noeud.balise}{details} {texte}".rstrip())
        for enfant in noeud.enfants:
            ecrire(enfant, retrait + 1)

    ecrire(lire(octets).racine, 0)
    return "\n".join(lignes) + "\n"
