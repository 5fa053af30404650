"""The last pass over the PDF: structure tree, metadata, output intent, attachment (PDF/UA-1 and PDF/A-3a)."""

import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String
from PIL import ImageCms

from o2r_desktop.notes.balisage import Annotation, Element, Marque

_LONGS = re.compile(rb"<([0-9A-F]{2})> <([0-9A-F]{5,6})>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entete:
    """What the file says of itself."""

    titre: str
    auteur: str
    sujet: str
    logiciel: str
    date: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceJointe:
    """A file that travels inside the PDF."""

    nom: str
    description: str
    type: str
    contenu: bytes


def conformer(brut: bytes, racine: Element, entete: Entete, jointes: Sequence[PieceJointe]) -> bytes:
    """Return the finished file; the same arguments give the same bytes."""
    with pikepdf.open(io.BytesIO(brut)) as pdf:
        _nettoyer(pdf)
        _Arbre(pdf).poser(racine)
        pdf.Root.MarkInfo = Dictionary(Marked=True)
        pdf.Root.Lang = String("fr-FR")
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        for jointe in jointes:
            _joindre(pdf, jointe, entete.date)
        _rendre_couleurs(pdf)
        _decrire(pdf, entete)
        sortie = io.BytesIO()
        pdf.save(
            sortie,
            min_version="1.7",
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
        )
    return sortie.getvalue()


def _nettoyer(pdf: Pdf) -> None:
    """Drop the empty /Trans of ReportLab; write characters above U+FFFF as pairs in ToUnicode maps."""
    for page in pdf.pages:
        if "/Trans" in page:
            del page["/Trans"]
    for objet in pdf.objects:
        if isinstance(objet, Dictionary) and "/ToUnicode" in objet:
            carte = objet["/ToUnicode"]
            texte = carte.read_bytes()
            if _LONGS.search(texte):
                carte.write(_LONGS.sub(_paire, texte))


def _paire(trouve: re.Match[bytes]) -> bytes:
    code = chr(int(trouve[2], 16)).encode("utf-16-be").hex().upper()
    return b"<%b> <%b>" % (trouve[1], code.encode())


class _Arbre:
    """Writes the structure tree and the tree of parents."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._pages = [page.obj for page in pdf.pages]
        self._marques: list[dict[int, Object]] = [{} for _ in self._pages]
        self._annotations: list[Object] = []

    def poser(self, racine: Element) -> None:
        arbre = self._pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        arbre.K = self._noeud(racine, arbre)
        numeros: list[object] = []
        for i, page in enumerate(self._pages):
            page.StructParents = i
            page.Tabs = Name.S
            parents = self._marques[i]
            numeros += [i, self._pdf.make_indirect(Array([parents[m] for m in range(len(parents))]))]
        for i, parent in enumerate(self._annotations, len(self._pages)):
            numeros += [i, parent]
        arbre.ParentTree = self._pdf.make_indirect(Dictionary(Nums=Array(numeros)))
        arbre.ParentTreeNextKey = len(self._pages) + len(self._annotations)
        self._pdf.Root.StructTreeRoot = arbre

    def _noeud(self, element: Element, parent: Object) -> Object:
        noeud = self._pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + element.balise), P=parent))
        if element.alt:
            noeud.Alt = String(element.alt)
        if element.boite:
            noeud.A = Dictionary(O=Name.Layout, BBox=Array(element.boite), Placement=Name.Block)
        if element.portee:
            noeud.A = Dictionary(O=Name.Table, Scope=Name("/" + element.portee))
        page = next((e.page for e in element.enfants if isinstance(e, Marque)), None)
        if page is not None:
            noeud.Pg = self._pages[page]
        noeud.K = Array([self._enfant(enfant, noeud, page) for enfant in element.enfants])
        return noeud

    def _enfant(self, enfant: Element | Marque | Annotation, noeud: Object, page: int | None) -> object:
        if isinstance(enfant, Element):
            return self._noeud(enfant, noeud)
        if isinstance(enfant, Annotation):
            return self._lien(enfant, noeud)
        self._marques[enfant.page][enfant.mcid] = noeud
        if enfant.page == page:
            return enfant.mcid
        return Dictionary(Type=Name.MCR, Pg=self._pages[enfant.page], MCID=enfant.mcid)

    def _lien(self, annotation: Annotation, noeud: Object) -> Object:
        page = self._pages[annotation.page]
        objet = self._pdf.make_indirect(page.Annots[annotation.rang])
        page.Annots[annotation.rang] = objet
        objet.StructParent = len(self._pages) + len(self._annotations)
        objet.F = 4  # printed, as PDF/A wants
        self._annotations.append(noeud)
        return Dictionary(Type=Name.OBJR, Obj=objet, Pg=page)


def _joindre(pdf: Pdf, jointe: PieceJointe, date: datetime) -> None:
    fiche = pikepdf.AttachedFileSpec(
        pdf,
        jointe.contenu,
        filename=jointe.nom,
        description=jointe.description,
        mime_type=jointe.type,
        creation_date=_date_pdf(date),
        mod_date=_date_pdf(date),
        relationship=Name.Data,
    )
    pdf.attachments[jointe.nom] = fiche
    pdf.Root.AF = Array([*pdf.Root.get("/AF", Array([])), fiche.obj])


def _rendre_couleurs(pdf: Pdf) -> None:
    """Say that the colours are sRGB; the date in the profile is blanked, so that it never changes."""
    profil = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profil[24:36] = (2000).to_bytes(2, "big") + b"\x00\x01\x00\x01" + bytes(6)
    pdf.Root.OutputIntents = Array([
        Dictionary(
            Type=Name.OutputIntent,
            S=Name.GTS_PDFA1,
            OutputConditionIdentifier=String("sRGB"),
            Info=String("sRGB"),
            DestOutputProfile=Stream(pdf, bytes(profil), N=3),
        )
    ])  # fmt: skip


def _date_pdf(date: datetime) -> str:
    decalage = date.strftime("%z")
    return f"D:{date:%Y%m%d%H%M%S}{decalage[:3]}'{decalage[3:5]}'"


def _decrire(pdf: Pdf, entete: Entete) -> None:
    """Write the information dictionary and the XMP packet, which must agree."""
    date = _date_pdf(entete.date)
    for cle in list(pdf.docinfo.keys()):
        del pdf.docinfo[cle]
    pdf.docinfo["/Title"] = String(entete.titre)
    pdf.docinfo["/Author"] = String(entete.auteur)
    pdf.docinfo["/Subject"] = String(entete.sujet)
    pdf.docinfo["/Creator"] = String(entete.logiciel)
    pdf.docinfo["/Producer"] = String(entete.logiciel)
    pdf.docinfo["/CreationDate"] = String(date)
    pdf.docinfo["/ModDate"] = String(date)
    pdf.Root.Metadata = Stream(pdf, _xmp(entete).encode(), Type=Name.Metadata, Subtype=Name.XML)


def _xmp(entete: Entete) -> str:
    moment = entete.date.isoformat(timespec="seconds")
    empreinte = hashlib.sha256(f"{entete.titre}{moment}".encode()).hexdigest()
    identite = "-".join((empreinte[:8], empreinte[8:12], empreinte[12:16], empreinte[16:20], empreinte[20:32]))
    valeurs = {cle: escape(v) for cle, v in (
        ("titre", entete.titre), ("auteur", entete.auteur), ("sujet", entete.sujet), ("outil", entete.logiciel),
    )}  # fmt: skip
    return _PAQUET.format(**valeurs, moment=moment, identite=identite)


_PAQUET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:language><rdf:Bag><rdf:li>fr-FR</rdf:li></rdf:Bag></dc:language>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{titre}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{auteur}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{sujet}</rdf:li></rdf:Alt></dc:description>
<pdf:Producer>{outil}</pdf:Producer>
<xmp:CreatorTool>{outil}</xmp:CreatorTool>
<xmp:CreateDate>{moment}</xmp:CreateDate>
<xmp:ModifyDate>{moment}</xmp:ModifyDate>
<xmp:MetadataDate>{moment}</xmp:MetadataDate>
<xmpMM:DocumentID>uuid:{identite}</xmpMM:DocumentID>
<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of PDF/UA to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
