"""ZIP of pieces that are not what they say."""

from collections.abc import Callable, Iterator
from pathlib import Path

from tests.hostile.corpus import Cas
from tests.hostile.zips import CHIFFRE, LIEN_UNIX, Membre, bombe, ecrire, plie, range_tel_quel

NUMERO = 24_000_001
ICI = f"export/dossier-{NUMERO}/pieces_justificatives/"
BONNE = range_tel_quel(f"{ICI}statuts-13-08-2025-12-00-1.pdf", b"%PDF-1.7 statuts")
NOM = "dossiers_ami_2025-08-20_10-30.zip"
MIO = 2**20


def _avec(*membres: Membre) -> Callable[[Path], object]:
    return lambda chemin: ecrire(chemin, [BONNE, *membres])


def _refusee(*membres: Membre, mots: str) -> Cas:
    return Cas(fichier=NOM, faire=_avec(*membres), genre="Export", mots=mots)


def _tronquee(chemin: Path) -> None:
    ecrire(chemin, [BONNE, range_tel_quel(f"{ICI}a.pdf", b"x" * 100_000)])
    chemin.write_bytes(chemin.read_bytes()[:50_000])


def _recouvrement() -> Iterator[Membre]:
    premier = bombe(f"{ICI}0.pdf", b"\0" * MIO, 9)
    yield premier
    for rang in range(1, 2_000):
        yield Membre(
            nom=f"{ICI}{rang}.pdf".encode(),
            methode=8,
            crc=premier.crc,
            deplie=premier.deplie,
            comprime=len(premier.corps),
            sur=0,
        )


REFUSEES: dict[str, Cas] = {
    "tronquée": Cas(fichier=NOM, faire=_tronquee, genre="Export", mots="tronqué"),
    "chemin qui remonte": _refusee(range_tel_quel(f"{ICI}../../../../x.pdf", b"x"), mots="interdit"),
    "chemin qui remonte, Windows": _refusee(range_tel_quel(f"{ICI}..\\..\\x.pdf", b"x"), mots="interdit"),
    "chemin absolu": _refusee(range_tel_quel("/etc/cron.d/x", b"x"), mots="interdit"),
    "lecteur de Windows": _refusee(range_tel_quel(f"C:/dossier-{NUMERO}/x", b"x"), mots="interdit"),
    "partage de Windows": _refusee(range_tel_quel("\\\\serveur\\x", b"x"), mots="interdit"),
    "chiffrée": _refusee(plie(f"{ICI}a.pdf", b"x", drapeaux=CHIFFRE), mots="mot de passe"),
    "gigaoctet": _refusee(bombe(f"{ICI}a.pdf", b"\0" * MIO, 1024), mots="démesuré"),
    "cent fois neuf mégaoctets": _refusee(
        *(bombe(f"{ICI}{n}.pdf", b"\0" * MIO, 9) for n in range(100)), mots="démesuré"
    ),
    "recouvrement": Cas(
        fichier=NOM, faire=lambda c: ecrire(c, _recouvrement()), genre="Export", mots="démesuré|abîmé|tronqué"
    ),
    "taille avouée trop petite": _refusee(bombe(f"{ICI}a.pdf", b"\0" * MIO, 1024, deplie=100), mots="abîmé"),
    "taille avouée trop grande": _refusee(range_tel_quel(f"{ICI}a.pdf", b"x", deplie=5_000_000), mots="abîmé"),
    "quatre gigaoctets avoués": _refusee(range_tel_quel(f"{ICI}a.pdf", b"x", deplie=0xFFFFFFFE), mots="démesuré"),
    "somme fausse": _refusee(range_tel_quel(f"{ICI}a.pdf", b"x" * 99, crc=1), mots="abîmé"),
    "flux de rien": _refusee(
        Membre(nom=f"{ICI}a.pdf".encode(), corps=b"\xff" * 99, methode=8, deplie=99), mots="abîmé"
    ),
    "méthode inconnue": _refusee(Membre(nom=f"{ICI}a.pdf".encode(), corps=b"x", methode=99), mots="comprimé"),
    "annuaire ailleurs": _refusee(
        Membre(nom=f"{ICI}a.pdf".encode(), corps=b"x", comprime=2**31), mots="abîmé|tronqué|démesuré"
    ),
    "aucun dossier": Cas(
        fichier=NOM,
        faire=lambda c: ecrire(c, [range_tel_quel("vacances/plage.jpg", b"x")]),
        genre="Export",
        mots="aucun dossier",
    ),
    "150 000 entrées": Cas(
        fichier=NOM,
        faire=lambda c: ecrire(c, (Membre(nom=b"%d" % n) for n in range(150_000))),
        genre="Export",
        mots="plus de 100|abîmé|aucun dossier",
    ),
    "PDF renommé": Cas(
        fichier=NOM, faire=lambda c: c.write_bytes(b"%PDF-1.7\n"), genre="Export", mots="est un PDF"
    ),
}
"""Archives refused whole, campagne untouched."""

NOMS: list[str] = [
    "CON", "nul.pdf", "aux.txt", "COM1.pdf", "a:b.pdf", "a?.pdf", 'a"<b>|*.pdf', "fin. ", " .pdf", "-rf.pdf",
    "~.pdf", "$(id).pdf", "a\u202efdp.exe", "a\u200bb.pdf", "e\u0301te\u0301.pdf", "你好.pdf", "👍🏽.pdf",
    "a\nb.pdf", "a\x1b[31m.pdf", "a\tb.pdf", "é" * 150 + ".pdf", "x" * 300 + ".pdf", "x" * 60_000 + ".pdf",
    "<b>gras</b>.pdf", "=1+1.csv", "&amp;.pdf", "a'--.pdf", "%s%n.pdf", ".pdf", "sans extension", "a.pdf.exe",
    "en-cours", "x.partiel",
    "o2r.db", "verrou",
]  # fmt: skip
"""Names that a piece may bear and that no path must."""


def noms(chemin: Path) -> None:
    """Make an archive of a piece for each of NOMS, a link that leads out, and a folder with a name of a piece."""
    membres = [range_tel_quel(ICI + nom, b"octets %d" % rang) for rang, nom in enumerate(NOMS)]
    lien = range_tel_quel(f"{ICI}lien.pdf", b"../../../../../etc/passwd", externe=LIEN_UNIX)
    ecrire(chemin, [BONNE, *membres, lien, range_tel_quel(f"{ICI}dossier.pdf/", b"")])
