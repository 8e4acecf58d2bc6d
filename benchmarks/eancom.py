"""Generate an interchange as a retail chain sends it: EANCOM ORDERS, D.96A, of about as many megabytes as asked for.

``python -m benchmarks.eancom FILE MEGABYTES``; the same number gives the same bytes. Prints how many orders there are.
"""

import random
import sys
from decimal import Decimal
from pathlib import Path

_BODIES, _LINES = 1_000, (8, 32)
_GOODS = (
    "Allzweckreiniger",
    "Handtuchrolle",
    "Nitrilhandschuh",
    "Spülmittel",
    "Müllsäcke",
    "LED-Lampe",
    "Küchenpapier",
)
_KINDS = ("Zitrus", "Lavendel", "Gr. M", "Gr. L", "extra stark", "weiß", "2-lagig", "E27 1055 lm", "d'Azur", "50+10")
_PLACES = ("Flensburg", "Köln", "Görlitz", "Bad Tölz", "Münster", "Weimar", "Celle", "Gießen")


def write_eancom(path: Path, megabytes: float) -> int:
    """Write the file, and give the number of its orders."""
    chance = random.Random(96)
    bodies = [_body(chance) for _ in range(_BODIES)]
    size, orders, wanted = 0, 0, int(megabytes * 1_000_000)
    with path.open("wb") as file:
        size += file.write(b"UNA:+.? '\r\nUNB+UNOC:3+4399901000001:14+9524017000019:14+261113:0915+K1++ORDERS'\r\n")
        while size < wanted:
            orders += 1
            segments, body = bodies[orders % _BODIES]
            head = f"UNH+{orders}+ORDERS:D:96A:UN:EAN008'\r\nBGM+220+8{orders:09}+9'\r\n".encode()
            size += file.write(head + body + b"UNT+%d+%d'\r\n" % (segments + 3, orders))
        file.write(b"UNZ+%d+K1'\r\n" % orders)
    return orders


def _body(chance: random.Random) -> tuple[int, bytes]:
    """The segments of an order between BGM and UNT, and how many they are."""
    place = chance.randrange(400)
    segments = [
        f"DTM+137:202611{chance.randint(10, 13)}:102",
        f"DTM+2:202611{chance.randint(20, 28)}:102",
        "FTX+DEL+++Anlieferung nur von 06?:00 bis 11?:00 Uhr an Rampe 3",
        f"RFF+CT:RV-2026-{chance.randrange(40):03}",
        f"NAD+BY+4399901{place:06}::9++Markt {place}+Hauptstraße {place % 90}+{chance.choice(_PLACES)}++2{place:04}+DE",
        "RFF+VA:DE811907980",
        "CTA+OC+:Zentraleinkauf",
        "COM+einkauf@kette.example:EM",
        "NAD+SU+9524017000019::9++Hagedorn & Moll Großhandel+Speicherstraße 4+Bremen++28195+DE",
        f"NAD+DP+4399902{place % 12:06}::9++Zentrallager {place % 12}+Am Güterkai 14+Flensburg++24941+DE",
        "NAD+IV+4399901000001::9++Kette Handels AG+Am Ring 1+Köln++50667+DE",
        "CUX+2:EUR:9",
        "TDT+20++30+31",
    ]
    lines, total = chance.randint(*_LINES), Decimal(0)
    for line in range(1, lines + 1):
        item, quantity = chance.randrange(6_000), chance.randint(1, 60) * 6
        price = Decimal(chance.randint(80, 4_000)) / 100
        total += price * quantity
        name = f"{_GOODS[item % len(_GOODS)]} {_KINDS[item % len(_KINDS)]} {item % 500}".replace("+", "?+")
        segments += [
            f"LIN+{line}++{4399903000000 + item}:EN",
            f"PIA+1+{700000 + item}:IN+HM-{item:05}:SA",
            "IMD+F++:::" + name.replace("'", "?'"),
            f"QTY+21:{quantity}:PCE",
            f"DTM+2:202611{chance.randint(20, 28)}:102",
            f"MOA+203:{price * quantity}",
            *(["FTX+LIN+++Mindestens drei Monate haltbar"] if item % 9 == 0 else []),
            f"PRI+AAA:{price}:CT::1:PCE",
            f"RFF+LI:{line}0",
        ]
    segments += ["UNS+S", f"MOA+79:{total}", f"CNT+2:{lines}"]
    return len(segments), "".join(f"{segment}'\r\n" for segment in segments).encode("latin-1")


if __name__ == "__main__":
    print(write_eancom(Path(sys.argv[1]), float(sys.argv[2])))
