"""Texts that want to be more than text: each must be kept and shown as it is."""

TEXTES = {
    "balises": "<b>gras</b> <script>alert(1)</script>",
    "image": "<img src='file:///etc/passwd'/> <a href=\"javascript:x\">lien</a>",
    "entités": "&amp; &lt;b&gt; &#233; &nbsp;",
    "paragraphe": "</para><para>autre & fin",
    "CDATA": "]]> <![CDATA[x]]>",
    "égal": "=1+1",
    "commande": "=cmd|' /C calc'!A0",
    "lien de tableur": '=HYPERLINK("http://exemple.invalid","x")',
    "plus": "+33 2 40 00 00 00",
    "moins": "-2+3",
    "arobase": "@SUM(A1)",
    "pourcents": "%s %(nom)s %n %1 %%",
    "accolades": "{0} {nom} ${HOME} $(id) `id` {{7*7}}",
    "SQL": "'); DROP TABLE dossier; -- \"",
    "chemin": "..\\..\\x ../../x C:\\x CON NUL",
    "grec": "Ωμέγα καλημέρα",
    "cyrillique": "Добрый день",
    "arabe": "مرحبا بالعالم",
    "hébreu": "שלום עולם",
    "chinois": "你好世界",
    "coréen": "안녕하세요",
    "devanagari": "नमस्ते दुनिया",
    "thaï": "สวัสดีชาวโลก",
    "emoji": "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽",
    "hors du plan": "\U0001d518\U0001d52b\U0001d526 𠀀 😀",
    "ligatures": "œuvre Œ ﬁ ǆ ß İ",
    "décomposé": "e\u0301te\u0301 A\u030a",
    "empilés": "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324a",
    "droite à gauche": "a\u202eexe.fdp\u202c b\u2066c\u2069 \u200fd\u200e",
    "largeur nulle": "a\u200bb\u200cc\u200dd\u2060e\ufefff",
    "insécables": "a\u00a0b\u202fc\u2009d\u3000e",
    "lignes": "une\ndeux\n\ntrois\u2028quatre\u2029cinq\u0085six",
    "tabulation": "a\tb\t\tc",
    "points": "" + "\u2026" * 40,
    "longue ligne": "x" * 3_000,
    "privés": "\ue000\uf8ff\ufffd\ufffe\uffff"[:3],
    "quarante mille": "Texte « long » et accentué, ligne après ligne ; " * 850 + "fin.",
}
"""What any format of export can carry."""
COMMANDES = {
    "sonnerie": "a\x07b\x1b[31mrouge\x1b[0m\x08c",
    "C1": "a\x9b31mb\x90c",
    "suppression": "a\x7fb",
}
"""Control characters, which XML cannot carry."""
IMPOSSIBLES = {"nul": "a\x00b", "demi-paire": "a\ud800b", "demi-paires": "\udc00\ud83d"}
"""What only JSON can carry, and SQLite cannot keep."""
