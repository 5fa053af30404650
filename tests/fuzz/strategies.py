"""What random files are made of: tables close enough to an export to go far, then bytes changed at random."""

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from tests.hostile import classeurs
from tests.hostile.textes import TEXTES
from tests.hostile.zips import ecrire, plie

Fichier = tuple[str, bytes]
"""A name and what the file of that name holds."""
Table = list[list[object]]

LIBELLES = (*classeurs.STANDARD, "N°\u00a0dossier", "Établissement SIRET", "Date de dépôt", "Labels",
            "Groupe instructeur", "Coût total du projet sur 3 ans (€)", "Projet porté par un consortium ?",
            "Départements", "Publics visés", "Statuts", "Contrat d'engagement républicain souscrit",
            "Date de début prévue", "Commune", "Commune (Code INSEE)", "")  # fmt: skip
NUMEROS = st.sampled_from(
    ("24000001", "24000002", "24000003", "", "0", "-4", "1e20", "24000001.0", "²", "24 000 001")
)
CELLULES = st.one_of(
    st.sampled_from(("", "Oui", "Non", "true", "off", "En instruction", "accepte", "150 000,50 €", "1e999", "nan",
                     "2025-08-13 12:00:01 +0200", "13/08/2025", "0000-00-00", "72200012300015", "a.pdf, b.pdf",
                     "Loire-Atlantique, Sarthe", "44 – Loire-Atlantique", "9" * 400)),
    st.sampled_from([texte for texte in TEXTES.values() if len(texte) < 5_000]),
    st.text(max_size=30),
)  # fmt: skip
NOMBRES = st.one_of(st.integers(-(10**9), 10**9), st.floats(allow_nan=False, allow_infinity=False))
FEUILLES = st.sampled_from(
    ("Dossiers", "Etablissements", "Avis", "(7) Membres du consort", "Membres", "dossiers", "")
)


@st.composite
def tables(tirer: st.DrawFn, cellules: st.SearchStrategy[Any] = CELLULES) -> Table:
    """Draw a header and rows, rarely square."""
    entete: list[object] = list(classeurs.STANDARD) if tirer(st.integers(0, 9)) else []
    entete += tirer(st.lists(st.one_of(st.sampled_from(LIBELLES), st.text(max_size=12)), max_size=6))
    lignes: Table = []
    for _ in range(tirer(st.integers(0, 4))):
        reste = tirer(st.lists(cellules, max_size=len(entete) + 1))
        lignes.append([tirer(NUMEROS), *reste])
    return [entete, *lignes]


@st.composite
def csvs(tirer: st.DrawFn) -> Fichier:
    """Draw a CSV, in the ways that spreadsheets have of writing it."""
    separateur = tirer(st.sampled_from(",;\t"))
    fin = tirer(st.sampled_from(("\n", "\r\n", "\r")))
    cite = tirer(st.booleans())
    lignes = [
        separateur.join(f'"{str(c).replace(chr(34), chr(34) * 2)}"' if cite else str(c) for c in ligne)
        for ligne in tirer(tables())
    ]
    codage = tirer(st.sampled_from(("utf-8", "utf-8-sig", "cp1252", "utf-16")))
    return "a.csv", (fin.join(lignes) + tirer(st.sampled_from(("", fin)))).encode(codage, "ignore")


def _sans_xml(texte: str) -> str:
    return "".join(c for c in texte if c in "\t\n" or " " <= c < "\ud800" or "\ue000" <= c < "\ufffe")


def _propre(table: Table) -> Table:
    return [[_sans_xml(c) if isinstance(c, str) else c for c in ligne] for ligne in table]


@st.composite
def xlsx(tirer: st.DrawFn) -> Fichier:
    """Draw the parts of a workbook, some of them changed before they are packed."""
    table = _propre(tirer(tables(st.one_of(CELLULES, NOMBRES))))
    feuille = classeurs.feuille(classeurs.rangees(*table)).encode()
    parties = {nom: texte.encode() for nom, texte in classeurs.autour().items()}
    parties[classeurs.FEUILLE] = tirer(modifies(feuille)) if tirer(st.booleans()) else feuille
    return "a.xlsx", _zip(parties)


@st.composite
def ods(tirer: st.DrawFn) -> Fichier:
    """Draw an ODS of a few sheets, its XML sometimes changed before it is packed."""
    corps = ""
    for _ in range(tirer(st.integers(1, 3))):
        nom = tirer(FEUILLES)
        table = classeurs.table_ods(*_propre(tirer(tables(st.one_of(CELLULES, NOMBRES)))))
        corps += table.replace('table:name="Dossiers"', f'table:name="{nom}"')
    octets = corps.encode()
    return "a.ods", _sur_disque(classeurs.ods, tirer(modifies(octets)) if tirer(st.booleans()) else octets)


def _zip(parties: dict[str, bytes]) -> bytes:
    return _sur_disque(ecrire, [plie(nom, corps) for nom, corps in parties.items()])


def _sur_disque(faire: Callable[[Path, Any], object], quoi: object) -> bytes:
    import tempfile

    with tempfile.TemporaryDirectory() as lieu:
        chemin = Path(lieu) / "a"
        faire(chemin, quoi)
        return chemin.read_bytes()


VALEURS = st.recursive(
    st.one_of(st.none(), st.booleans(), NOMBRES, CELLULES, st.sampled_from((float("nan"), float("inf"), 10**30))),
    lambda dedans: st.one_of(
        st.lists(dedans, max_size=3),
        st.dictionaries(
            st.sampled_from(("id", "label", "value", "stringValue", "nodes", "rows", "champs", "x")), dedans
        ),
    ),
    max_leaves=6,
)
CLES = ("number", "state", "dateDepot", "demandeur", "champs", "annotations", "usager", "groupeInstructeur", "avis",
        "instructeurs", "labels", "archived", "demarche", "messages")  # fmt: skip
CHAMPS = ("__typename", "id", "label", "stringValue", "value", "rows", "files", "etablissement", "date", "values",
          "decimalNumber", "integerNumber", "primaryValue", "commune", "departement", "columns")  # fmt: skip
GENRES = st.sampled_from(("TextChamp", "RepetitionChamp", "SiretChamp", "PieceJustificativeChamp", "CommuneChamp",
                          "IntegerNumberChamp", "MultipleDropDownListChamp", "DateChamp", "?"))  # fmt: skip


@st.composite
def champs(tirer: st.DrawFn) -> dict[str, Any]:
    """Draw a field of the API, of a right kind or not."""
    rang = tirer(st.integers(1, 4))
    juste = {
        "id": base64.b64encode(f"Champ-{rang}".encode()).decode(),
        "label": tirer(st.sampled_from(LIBELLES)),
        "stringValue": tirer(CELLULES),
        "__typename": tirer(GENRES),
    }
    return juste | tirer(st.dictionaries(st.sampled_from(CHAMPS), VALEURS, max_size=3))


@st.composite
def noeuds(tirer: st.DrawFn) -> dict[str, Any]:
    """Draw a dossier of the API; any of its keys may hold anything."""
    juste = {
        "number": tirer(st.one_of(st.integers(-1, 4), NUMEROS)),
        "state": "en_instruction",
        "champs": tirer(st.lists(champs(), max_size=3)),
    }
    return juste | tirer(st.dictionaries(st.sampled_from(CLES), VALEURS, max_size=3))


@st.composite
def jsons(tirer: st.DrawFn) -> Fichier:
    """Draw an answer of the API, in one of the envelopes that tools make."""
    dossiers: Any = tirer(st.lists(noeuds(), max_size=3))
    enveloppe: Any = tirer(
        st.sampled_from(
            (
                {"data": {"demarche": {"number": 1, "title": "x", "dossiers": {"nodes": dossiers}}}},
                {"demarche": {"dossiers": {"edges": [{"node": n} for n in dossiers]}}},
                {"dossiers": dossiers},
                dossiers,
                [{"data": {"dossier": n}} for n in dossiers],
            )
        )
    )
    autre = tirer(st.one_of(st.just(None), VALEURS))
    texte = json.dumps(enveloppe if autre is None else autre, ensure_ascii=tirer(st.booleans()))
    return "a.json", texte.encode("utf-8", "surrogatepass")


@st.composite
def modifies(tirer: st.DrawFn, octets: bytes) -> bytes:
    """Draw *octets* with some of them changed, removed, repeated or cut."""
    reste = bytearray(octets)
    for _ in range(tirer(st.integers(1, 6))):
        ou = tirer(st.integers(0, max(0, len(reste) - 1)))
        combien = tirer(st.integers(1, 12))
        quoi = tirer(st.sampled_from(("change", "ôte", "répète", "coupe", "glisse")))
        if quoi == "change":
            reste[ou : ou + combien] = tirer(st.binary(min_size=combien, max_size=combien))
        elif quoi == "ôte":
            del reste[ou : ou + combien]
        elif quoi == "répète":
            reste[ou:ou] = reste[ou : ou + 20 * combien]
        elif quoi == "coupe" and tirer(st.integers(0, 3)) == 0:
            del reste[ou:]
        else:
            reste[ou:ou] = tirer(
                st.sampled_from((b'"', b"\n", b"\0", b"<", b"&", b"\xff", b"{", b"[", b"]]", b"9" * 30))
            )
    return bytes(reste)


@st.composite
def abimes(tirer: st.DrawFn, fichiers: st.SearchStrategy[Fichier]) -> Fichier:
    """Draw a file, then change its bytes."""
    nom, octets = tirer(fichiers)
    return nom, tirer(modifies(octets))


_NOMS = st.one_of(
    st.sampled_from(
        ("export/dossier-24000001/pieces_justificatives/a-13-08-2025-12-00-1.pdf", "export/dossier-24000001/",
         "export/-LISTE-DES-FICHIERS-EN-ERREURS.txt", "dossier-24000001/export-24000001.pdf", "../x", "/x", "C:\\x",
         "export/dossier-24000001/pieces_justificatives/CON", "Projet - 24000002/statuts-24000002-01.pdf",
         "export/dossier-24000001/messagerie/e\u0301-13-08-2025-12-00-2.pdf", "a\\b", "a/../../b", "a" * 300)),
    st.text(min_size=1, max_size=20),
)  # fmt: skip


@st.composite
def archives(tirer: st.DrawFn) -> Fichier:
    """Draw a ZIP of pieces, true or lying."""
    membres = []
    for nom in tirer(st.lists(_NOMS, max_size=6)):
        mensonges = tirer(
            st.dictionaries(
                st.sampled_from(("crc", "deplie", "comprime", "drapeaux")), st.integers(0, 2**32 - 2), max_size=1
            )
        )
        mensonges = {cle: v & 0xFFFF if cle == "drapeaux" else v for cle, v in mensonges.items()}
        membres.append(plie(nom.encode("utf-8", "replace").decode(), tirer(st.binary(max_size=40)), **mensonges))
    return "dossiers_ami_2025-08-20_10-30.zip", _sur_disque(ecrire, membres)
