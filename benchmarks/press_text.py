"""Made-up German press segments, as varied as a million real ones would be: the same number gives the same text."""

import random
from collections.abc import Sequence

_HEADS = (
    "Grenz Wald Verkehrs Schul Kultur Energie Wasser Bau Forst Gesundheits Sport Jugend Handels Hafen Bahn"
    " Markt Museums Theater Wissenschafts Klima Brücken Straßen Rad Pflege Kinder Landes Kreis Stadt Gemeinde"
    " Dorf Ufer Auen Berg Tal Wein Obst Stein Eisen Glas Holz Papier Daten Funk Netz Melde Katastrophen"
    " Feuerwehr Rettungs Ehrenamts Senioren Wohnungs Miet Steuer Haushalts Förder Forschungs Lehr Prüfungs"
    " Ausbildungs Arbeits Fach Gründungs Messe Tourismus Wander Natur Arten Vogel Fischerei Tier Lebensmittel"
    " Umwelt Abfall Strom Wärme Solar Speicher Leitungs Signal Fahrgast Pendler Flug Fracht Zoll Polizei"
    " Justiz Gerichts Verfassungs Wahl Bürger"
).split()
_TAILS = (
    "programm projekt bericht ausschuss vertrag fonds preis tag woche amt gesetz plan verbund zentrum"
    " konferenz gespräch beirat stelle netz brücke anlage schule haus stiftung verein kammer halle werk dienst"
    " forum gipfel treffen abkommen verfahren antrag budget bescheid konzept labor archiv register portal büro"
    " kolleg institut wettbewerb festival denkmal park weg platz viertel gebiet gelände depot lager wache"
    " leitstelle übung schau ordnung satzung richtlinie quote zahl bilanz karte broschüre kampagne initiative"
    " allianz partnerschaft reise"
).split()
_ADJECTIVES = (
    "neue gemeinsame grenzüberschreitende regionale digitale kommunale langjährige erfolgreiche zusätzliche"
    " jährliche französische deutsche europäische moderne barrierefreie nachhaltige kostenlose öffentliche"
    " ländliche städtische zweisprachige ehrenamtliche wirtschaftliche wissenschaftliche soziale kulturelle"
    " technische rechtliche geplante beschlossene vorgestellte überarbeitete einheitliche freiwillige"
    " dauerhafte vorläufige umfassende kleine große"
).split()
_VERBS = (
    "stärkt fördert begleitet eröffnet erweitert prüft beschließt unterstützt finanziert ergänzt ersetzt"
    " verbindet entlastet organisiert koordiniert veröffentlicht plant startet beendet verlängert würdigt"
    " empfängt informiert untersucht modernisiert saniert vernetzt schützt bewertet begrüßt erläutert"
    " vereinbart betreibt gestaltet"
).split()
_ONSETS = (
    "B Br D Dr F Fr G Gr H J K Kl Kr L M N P Pf R S Sch Schl Schm Schn Schw Sp St Str T Tr V W Wr Z Zw Ch Gl"
    " Bl Fl Qu Th"
).split()
_CORES = "a e i o u ä ö ü au ei eu ie aa ee oh ah eh äu ai y".split()
_ENDS = (
    "ll nn rr ck tz mm ss ff pp tt ld nd rd rg rk rm rn rt lm lt lz mpf ng nk nz bs chs cht st ft gt ls ns rs"
    " x b d g l m n r s t sch ch"
).split()
_LASTS = (
    "er mann bach berg feld heim hausen dorf weiler ingen ach au stein eck ow ski et ard el ig in on ier".split()
)
_MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
_SMALL = (
    "der die das den dem des ein eine einen einem einer und oder sowie mit für von bei nach aus zu zum zur im"
    " in am an auf über unter zwischen gegen ohne um bis seit während wegen trotz durch als wie wenn weil dass"
    " damit ob auch nur noch schon bereits erstmals künftig rund etwa mehr als weniger sich nicht kein keine"
    " wird werden wurde wurden ist sind war hat haben kann können soll sollen will muss er sie es wir ihr"
    " diese dieser dieses alle viele beide"
).split()
_ENDINGS = ("", "", "e", "en", "er", "es", "t", "te", "ung", "ungen", "lich", "liche", "isch", "ische", "s", "end")
_BEFORE = (
    "",
    "",
    "",
    "",
    "be",
    "ver",
    "ge",
    "er",
    "an",
    "aus",
    "vor",
    "über",
    "zu",
    "ab",
    "auf",
    "ein",
    "um",
    "un",
)


def segment(number: int) -> str:
    """Return the `number`-th segment, some 126 characters long on average; every third is like the one before."""
    rng = random.Random(number)  # noqa: S311 (repeatable samples, no secret)
    if number % 3 == 2:  # noqa: PLR2004 (the third)
        return variant(segment(number - 1), rng)
    length = min(max(rng.lognormvariate(4.67, 0.5), 20), 400)
    words: list[str] = []
    while sum(map(len, words)) + len(words) < length:
        words.append(_token(rng))
    text = " ".join(words)
    return text[0].upper() + text[1:] + "."


def variant(text: str, rng: random.Random) -> str:
    """Return `text` as somebody would have rewritten it: words replaced, left out and put in."""
    words = text.split()
    for _ in range(rng.randint(1, max(1, len(words) // 4))):
        place = rng.randrange(len(words))
        words[place : place + rng.choice((0, 1, 1, 1))] = rng.choice(([], [_token(rng)], [_token(rng)]))
    return " ".join(words) or text


def _token(rng: random.Random) -> str:
    kind = rng.random()
    if kind < 0.42:  # noqa: PLR2004 (shares as in press releases)
        return rng.choice(_SMALL)
    if kind < 0.52:  # noqa: PLR2004
        return _of_rank(rng, capital=True)
    if kind < 0.58:  # noqa: PLR2004
        return _figure(rng)
    if kind < 0.78:  # noqa: PLR2004
        return _of_rank(rng, capital=False)
    return rng.choice((rng.choice(_HEADS) + rng.choice(_TAILS), rng.choice(_ADJECTIVES), rng.choice(_VERBS)))


def _of_rank(rng: random.Random, *, capital: bool) -> str:
    """Return a made-up name, or another word: a few are in every other release, most are rare."""
    own = random.Random(int(30 * rng.paretovariate(0.5)) % 200_000)  # noqa: S311 (as above)
    stem = own.choice(_ONSETS) + own.choice(_CORES) + own.choice(_ENDS)
    if capital:
        return stem + own.choice(_LASTS)
    return own.choice(_BEFORE) + stem.lower() + rng.choice(_ENDINGS)


def _figure(rng: random.Random) -> str:
    kinds: Sequence[str] = (
        f"{rng.randint(1, 28)}. {rng.choice(_MONTHS)} {rng.randint(2015, 2027)}",
        f"{rng.randint(2, 990)}",
        f"{rng.randint(1, 99)},{rng.randint(1, 9)} Millionen Euro",
        f"{rng.randint(1, 99)}.{rng.randint(0, 999):03d}",
        f"{rng.randint(8, 20)}.{rng.choice(('00', '15', '30', '45'))} Uhr",
        f"{rng.randint(2, 99)} Prozent",
    )
    return rng.choice(kinds)
