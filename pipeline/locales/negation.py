"""How a language says no: what denies, what only looks so, and what says no without a word of denial."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Negation:
    """Patterns ignore case and are looked for anywhere in a text."""

    denial: re.Pattern[str]
    """Denies: German `nicht`, French `ne … pas`. One match for each time something is denied."""
    idiom: re.Pattern[str]
    """Holds a word of denial and denies nothing that another language would have to deny: `nicht zuletzt`."""
    implied: re.Pattern[str]
    """Says no by its meaning or sets a limit: `unmöglich`, `interdire`, `kaum`. Languages mostly share these, so
    one answers another language's denial only where that side has no such word of its own."""

    def denials(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return where `text` denies something that a translation must deny too, as (start, end)."""
        idioms = tuple(match.span() for match in self.idiom.finditer(text))
        found = (match.span() for match in self.denial.finditer(text))
        return tuple(span for span in found if not any(start < span[1] and span[0] < end for start, end in idioms))

    def count_implied(self, text: str) -> int:
        """Return how often `text` implies a denial or has an idiom with one."""
        return sum(1 for pattern in (self.implied, self.idiom) for _ in pattern.finditer(text))


def negation(*, denial: str, idiom: str, implied: str) -> Negation:
    """Return the patterns compiled; a blank in them stands for any white space."""

    def compiled(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern.replace(" ", r"\s+"), re.IGNORECASE)

    return Negation(denial=compiled(denial), idiom=compiled(idiom), implied=compiled(implied))


GERMAN = negation(
    denial=(
        r"\bweder\b.{1,80}?\bnoch\b"
        r"|\b(?:kein(?:e[nrms]?)?|nicht)\b[^.;:!?]{1,60}? (?:und|oder|noch)(?: auch)? (?:kein(?:e[nrms]?)?|nicht)\b"
        r"|\bkein(?:e[nrms]?|erlei|eswegs|esfalls)?\b"
        r"|\bnichts?\b|\bnie(?:mals|mand(?:e[nms])?)?\b|\bnirgend(?:s|wo)\b|\bmitnichten\b|\bohne\b"
    ),
    idiom=(
        r"\bnicht (?:nur|allein|bloß|zuletzt|selten|umsonst|minder|weniger als|wenige|zu vergessen|wahr)\b"
        r"|\b(?:kein(?:e[nrms]?)?|niemand|nichts) (?:geringere[rns]?|andere[nrms]?) als\b|\bnichts weniger als\b"
        r"|\bohne (?:(?:jeden|jeglichen|allen) )?Zweifel\b|\bohne (?:Weiteres|Frage|Umschweife)\b"
        r"|\bkeine (?:\d[\d.]*|zwei|drei|vier|fünf|sechs|zehn|zwölf|zwanzig|hundert)(?!\w)"
        r"|\bnicht,? ohne\b(?! Weiteres)|\bob\b[^.]{1,60}\boder nicht\b|\bgar nicht so\b"
        r"|\bnicht[^.,;]{0,40}\bfehlen\b"
    ),
    implied=(
        r"\bun(?!ter|ser|iv|ion|ternehm|s\b|d\b|gar|gef)[a-zäöüß]{3,}|[a-zäöüß]{3,}los(?:e[nrms]?|igkeit)?\b"
        r"|[a-zäöüß]{3,}frei(?:e[nrms]?|heit)?\b|\bnicht-?[a-zäöüß]{4,}|\b(?:an)?statt\b|\banstelle\b"
        r"|\bverb(?:iet|ot)|\buntersag|\bverhinder|\bver(?:hüt|mied|meid)|\bverzicht|\bablehn|\babgelehnt"
        r"|\blehn(?:t|te|ten|en)\b|weiger|\b(?:ver)?fehl|mangel|mängel|\bent(?:fall|fäll|fiel|behr)|\bausfall"
        r"|\bausgefallen|scheiter|\bausgeschlossen|\bauszuschließen|\bausschließen\b|\bvermiss|\bvergeblich"
        r"|\bversäum|\bverpass|\bin(?:akzept|komp|stab)|\bbeispiellos|\bschweig|\bgeschwiegen|\bumhin\b"
        r"|\b(?:schloss|schlossen|schließt|schließen) .{1,60}\baus\b|\bausnahme"
        r"|\bfern(?:halt|geh)|\billeg|\babgesehen|\bfrei\b"
        r"|\bkaum\b|\bselten|\bwenige?[rns]?\b|\bnur\b|\berst\b|\bbloß\b|\blediglich\b|\ballein\b|\beinzig|\baußer\b"
        r"|\bausgenommen\b|\btrotz|\bbleib|\bblieb|\bgeblieben|\bnach wie vor\b|\bimmer\b|\bstets\b|\bweiterhin\b"
        r"|\bzweifel|\blängst\b|\bvorbei\b|\bende[nt]\b|\bendet|\bbeend|\bgeschlossen|\bschließ|\bleer\b"
        r"|\bausstehen|\bsteh(?:t|en) [^.]{0,20}aus\b|\bverl(?:ier|or|ust)|\bwiderspr|\bspätestens\b"
        r"|\bzu [a-zäöü]+,? (?:um|als)\b|\bsonst\b|\banders\b|\bschw(?:er|ierig)"
        r"|abschaff|abgeschafft|\bgestrichen|gestopp|\baussetz|ausgesetzt|\bnull\b|\bgenug\b"
        r"|\bfrühestens\b|\bbegrenz|\bhöchstens\b|\bmaximal\b|\bfern\b|\bweit entfernt\b|\blos\b|\bjemals\b|\bje\b"
    ),
)
"""German. Where French denies freely (`ne … plus que`, `ne cesser de`), German has a word of degree."""

_NE = r"(?:\bne\b|\bn[’'])"
_NO = r"(?:pas|plus|jamais|aucun(?:e|ement)?|nullement|guère|point|nul(?:le)?|rien|personne)"
_BETWEEN = r"(?:(?!\bque\b|\bqu[’'])[^.;:!?«»]){0,45}?"

FRENCH = negation(
    denial=(
        r"\bni\b.{1,80}?\bni\b"
        rf"|{_NE}{_BETWEEN}\b{_NO}\b(?: (?:aucune?\b|personne\b|rien\b))?"
        rf"|\b(?:aucune?|personne|rien|nul(?:le)?|jamais)\b{_BETWEEN}{_NE}"
        rf"|{_NE} ?(?:peu(?:x|t|vent)|pouvai(?:t|ent)|pourr(?:a|ai|ons|ont|ait|aient)|saurai(?:t|ent))\b"
        r"(?!.{0,60}(?:\bque\b|\bqu[’']))"
        r"|\bsans(?: (?:qu[’'])?(?:aucune?|nulle?)\b)?|\bnon\b(?! loin| plus)"
        r"|\bpas\b|\baucun(?:e|ement)?\b|\bjamais\b|\bnul(?:le|lement)?\b"
    ),
    idiom=(
        r"\bnon (?:seulement|loin)\b|\bnon-(?=\w)|\bsans (?:nul |aucun )?doute\b|\bsans (?:cesse|faille|égal"
        r"|tarder|délais?|conteste|contredit|relâche|compter|oublier|surprise|exception|hésit\w+|précédent|équivoque"
        r"|réserve|frais)\b|\bsans (?:plus )?attendre\b|\bsans[- ](?:abri|emploi|papiers|fil|contact|logis)\b"
        r"|\b(?:plus|mieux) que jamais\b|\bpas (?:moins d|seulement|uniquement|que\b|à pas\b)"
        r"|\b(?:un|des|le|les|ces|ses|nouveau|premiers?) pas\b"
        rf"|{_NE}[^.;:]{{0,30}}?\bpas (?:moins|seulement|uniquement|que)\b"
        rf"|{_NE}[^.;:]{{0,40}}?\bplus (?:que\b|qu[’']|de [\d\u202f\u00a0]+)"
        rf"|{_NE}[^.;:]{{0,30}}?\bpas \w+ qu(?:e\b|[’'])"
        rf"|{_NE} ?(?:est|étai\w+|sont) (?:pas )?autres?\b|{_NE} ?hésite[^.]{{0,12}}pas\b|\bsi ce n[’']est\b"
        rf"|\bcela va sans dire\b|{_NE} ?oubli\w+ pas\b|{_NE} ?manqu\w+ pas\b|\brien que\b|\brien de moins\b"
        rf"|{_NE}[^.;:]{{0,20}}rien d[’']autre\b|\bou (?:non|pas)\b|\bjamais (?:\w+[ée]e?s?)\b"
    ),
    implied=(
        r"\b(?:impossib|inutil|inchang|incertain|incertitude|insuffis|inaccept|inconnu|indispens|inefficac|injust"
        r"|invisib|illég|illimit|irrespons|irrévers|immobil|inadmiss|incapab|inexist|illégit|infond|inhabit|insoupç"
        r"|insupport|intact|intolér|invalid|involont|irréal|irréprochab|incompat|incompréhens|incontest|indéni"
        r"|indiffér|indign|indisponib|inégal|inexact|inexpliqu|inimag|inoccup|inoubli|insensib|insignif|instab"
        r"|introuv|inattend|inapt|inapplic|inaccess|inactif|inabord|imprév|imprat|illis|désaccord|mécon|anormal"
        r"|improb|inachev|inadapt|inopér|inlass|indécis|irrecev|irrégul|refus|interdi|manqu|évit|dépourv|échou"
        r"|échec|ignor|empêch|exclu[rts ]|renonc|cess[aeé]|absen|dénué|exempt|hormis|annul|abandonn|supprim|rejet"
        r"|dispens|incontourn|privés? d|prive |faute de|à défaut|hors d?\b|sauf\b|au lieu|vacant|non-)\w*"
        r"|\b(?:loin d|éloigné|peine\b|plutôt que|contrairement|à peine|vide\b|difficile (?:d|à)"
        r"|rare|reste(?:nt)? (?:encore )?à"
        r"|reste(?:nt)? encore|encore à|au plus t|peu de|peu nombreu|zéro|oubli)\w*"
        rf"|{_NE}(?=[^.;:!?]{{1,60}}\bqu[e’])"
    ),
)
"""French: `ne` with its second half counts once; `ne … que` restricts and denies nothing by itself."""
