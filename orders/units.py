"""Units of measure: UN/ECE Recommendation 20 codes (and Rec. 21 packages used as units), and the words for them."""

_WORDS: dict[str, str] = {
    "PCE": "pce pc pcs piece pieces each unit units stk stck stück stueck stuks pièce pièces pieza piezas pezzo"
    " pezzi pz ud uds stuk",
    "CT": "ct ctn carton cartons karton kartons kt case cases colli cartón cartone doos caja cajas",
    "BX": "bx box boxes schachtel boîte",
    "PK": "pk pack packs packung packungen pkg paket pakete paquet pacco pak vpe",
    "BG": "bg bag bags beutel sack sac sacchetto zak bolsa",
    "BO": "bo bottle bottles flasche flaschen fl bouteille botella bottiglia fles",
    "PR": "pr pair pairs paar paire par paio",
    "SET": "set sets satz garnitur jeu juego",
    "RO": "ro roll rolls rolle rollen rl rouleau rollo rotolo rol",
    "KGM": "kgm kg kgs kilo kilogram kilogramm kilogramme",
    "GRM": "grm g gr gram gramm gramme",
    "LTR": "ltr l lt liter litre litro",
    "MTR": "mtr m meter metre mètre metro",
    "MTK": "mtk m2 m² qm",
    "CMT": "cmt cm",
    "MMT": "mmt mm",
    "TNE": "tne t ton tonne to",
    "PF": "pf pal pallet pallets palette paletten plt palé",
    "DZN": "dzn dz dozen dutzend douzaine",
    "CEN": "cen hundred hundert",
    "MIL": "mil thousand tausend tsd",
    "CA": "ca can cans dose dosen",
    "CR": "cr crate crates kiste kisten",
    "EA": "ea",
    "H87": "h87",
    "C62": "c62",
    "NAR": "nar",
    "TU": "tu tube tubes",
    "BK": "bk basket bucket eimer",
    "DAY": "day days tag tage",
    "HUR": "hur h hour hours stunde stunden std",
}

_CODE_OF_WORD = {word: code for code, words in _WORDS.items() for word in words.split()}

_SAME_AS = {"EA": "PCE", "H87": "PCE", "C62": "PCE", "NAR": "PCE"}
"""Codes that all count single things; Rec. 20 has marked some of them as deprecated, partners send them all."""


def unit_code(text: str) -> str | None:
    """The code for a unit as somebody wrote it (``Stk``, ``Karton``, ``EA``); None where the word is not known."""
    return _CODE_OF_WORD.get(text.strip().rstrip(".").casefold())


def comparable(code: str) -> str:
    """The code under which units that mean the same are equal: EA, H87, C62 and NAR are all pieces."""
    return _SAME_AS.get(code, code)


def is_known(code: str) -> bool:
    """Whether this is a code of the list itself, in capitals, and not just a word for one."""
    return code in _WORDS
