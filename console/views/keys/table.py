"""The key table of screens.md §6: what each key does, where, and its words in menu and key sheet.

A command's ``id`` is what screens answer to. ``in_fields`` says that it also acts while a text
field has the keyboard; letters and digits never do. On macOS Ctrl becomes Cmd by Qt's own rule.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """One act with a key. ``keys`` are Qt key names, the first one is the one shown."""

    id: str
    keys: tuple[str, ...]
    scope: str
    words: str
    group: str
    in_fields: bool = False
    menu: bool = True


def _all(
    scope: str, group: str, in_fields: bool, rows: tuple[tuple[str, str, str], ...]
) -> tuple[Command, ...]:
    return tuple(
        Command(name, tuple(keys.split(" | ")), scope, words, group, in_fields)
        for name, keys, words in rows
    )


EVERYWHERE = _all(
    "everywhere",
    "Overal",
    True,
    (
        ("palette", "Ctrl+K", "Zoek of doe"),
        ("process", "F1", "Werkproces bij deze stap"),
        ("process_whole", "Shift+F1", "Hele werkproces"),
        ("look_now", "F5", "Kijk nu bij de bronnen"),
        ("next_pane", "F6", "Volgend deel"),
        ("previous_pane", "Shift+F6", "Vorig deel"),
        ("urgent_feedback", "F8", "Meest dringende terugkoppeling"),
        ("menu", "F10", "Menu"),
        ("full_screen", "F11", "Volledig scherm"),
        ("screen_reports", "Ctrl+1", "Meldingen"),
        ("screen_posts", "Ctrl+2", "Berichten"),
        ("screen_feedback", "Ctrl+3", "Terugkoppeling"),
        ("screen_groups", "Ctrl+4", "Groepen"),
        ("screen_burgernet", "Ctrl+5", "Burgernet"),
        ("screen_handover", "Ctrl+6", "Overdracht"),
        ("screen_process", "Ctrl+7", "Werkproces"),
        ("next_segment", "Ctrl+Tab", "Volgend tabblad"),
        ("previous_segment", "Ctrl+Shift+Tab", "Vorig tabblad"),
        ("search_here", "Ctrl+F", "Zoek op dit scherm"),
        ("lock", "Ctrl+L", "Op slot"),
        ("print", "Ctrl+P", "Druk af"),
        ("whatsapp_checked", "Ctrl+Shift+W", "WhatsApp Web nagekeken"),
        ("check_plate", "Ctrl+Shift+K", "Kenteken nazien"),
        ("team_phone", "Ctrl+Shift+N", "Nummers op de teamtelefoon"),
        ("text_larger", "Ctrl++ | Ctrl+=", "Tekst groter"),
        ("text_smaller", "Ctrl+-", "Tekst kleiner"),
        ("text_normal", "Ctrl+0", "Tekst gewoon"),
        ("confirm", "Ctrl+Return | Ctrl+Enter", "Doe de gevulde knop"),
        ("second", "Ctrl+Shift+Return | Ctrl+Shift+Enter", "Doe de tweede knop"),
        ("back", "Esc", "Sluit, verlaat veld, terug"),
    ),
)

OUTSIDE = _all(
    "outside",
    "Overal, niet in een veld",
    False,
    (
        ("go_groups", "G", "Groepen"),
        ("go_handover", "H", "Overdracht"),
        ("relief", "Shift+H", "Even weg"),
        ("import", "I", "Burgernet ophalen"),
        ("new", "N", "Nieuwe melding"),
        ("new_post", "B", "Bericht maken"),
        ("feedback", "F", "Terugkoppeling"),
        ("tray", "Q", "Wachtrij en beslissen"),
        ("whereabouts", "Shift+Q", "Wat is hiermee gebeurd?"),
        ("search", "/", "Zoek"),
        ("key_sheet", "?", "Toetsen"),
        ("open_source", "O", "Open wat hierachter zit"),
    ),
)

LISTS = _all(
    "lists",
    "Lijsten",
    False,
    (
        ("down", "J | Down", "Volgende"),
        ("up", "K | Up", "Vorige"),
        ("page_down", "PgDown", "Bladzijde verder"),
        ("page_up", "PgUp", "Bladzijde terug"),
        ("first", "Home", "Eerste, toont ook nieuwe"),
        ("last", "End", "Laatste"),
        ("to_detail", "Return | Enter", "Naar de kaart"),
        ("tick", "Space", "Vink"),
        ("compact", "Shift+D", "Korte lijst"),
        ("undo", "Ctrl+Z", "Maak verband of vinkje ongedaan"),
    ),
)

_REPORTS = _all(
    "reports",
    "Meldingen",
    False,
    (
        ("acute", "A", "Naar acuut"),
        ("claim", "C", "Pak op of houd"),
        ("release", "Shift+C", "Geef vrij"),
        ("pass_on", "D", "Doorzetten, wacht op"),
        ("link", "L", "Leg verband"),
        ("note", "T", "Notitie"),
        ("photos", "Shift+F", "Foto's"),
        ("close_report", "S", "Sluiten met reden"),
        ("paste", "P", "Plak uit WhatsApp Web"),
        ("answer_1", "1", "112 gebeld: ja"),
        ("answer_2", "2", "112 gebeld: nee"),
        ("answer_3", "3", "112 gebeld: weet ik niet"),
    ),
)
REPORTS = (
    *_REPORTS,
    Command(
        "copy", ("Ctrl+Shift+C",), "reports", "Kopieer antwoord voor de beheerder", "Meldingen"
    ),
)

BLOCKS = _all(
    "blocks",
    "Foto afdekken",
    False,
    (
        ("block_new", "N", "Leg een blok over de foto"),
        ("block_remove", "Del", "Haal het gekozen blok weg"),
        ("block_undo", "Ctrl+Z", "Maak het laatste ongedaan"),
        ("block_next", "J", "Kies het volgende blok"),
        ("block_previous", "K", "Kies het vorige blok"),
        ("block_left", "Left", "Schuif naar links"),
        ("block_right", "Right", "Schuif naar rechts"),
        ("block_up", "Up", "Schuif omhoog"),
        ("block_down", "Down", "Schuif omlaag"),
        ("block_size_left", "Shift+Left", "Smaller"),
        ("block_size_right", "Shift+Right", "Breder"),
        ("block_size_up", "Shift+Up", "Lager"),
        ("block_size_down", "Shift+Down", "Hoger"),
    ),
)

ENTERING = _all(
    "entering",
    "Nieuwe melding",
    True,
    (("find_area", "Ctrl+G", "Zoek het gebied bij de plaats"),),
)

CLOSING = _all(
    "closing",
    "Sluiten met reden",
    False,
    tuple((f"answer_{n}", str(n), f"Antwoord {n}") for n in range(1, 8)),
)

WRITING = _all(
    "writing",
    "Opstellen",
    True,
    (
        ("next_finding", "F4", "Volgende bevinding"),
        ("previous_finding", "Shift+F4", "Vorige bevinding"),
        ("remedy_1", "Alt+1", "Eerste oplossing"),
        ("remedy_2", "Alt+2", "Tweede oplossing"),
        ("remedy_3", "Alt+3", "Derde oplossing"),
        ("to_groups", "Ctrl+G", "Naar de groepen"),
        ("next_preview", "Alt+PgDown", "Voorbeeld volgende groep"),
        ("previous_preview", "Alt+PgUp", "Voorbeeld vorige groep"),
        ("fold_original", "Alt+O", "Origineel open of dicht"),
        ("photo", "Alt+F", "Foto bij dit bericht"),
    ),
)

ISSUING = (
    *_all(
        "issuing",
        "Uitgeven",
        True,
        (("copy", "Ctrl+Shift+C", "Kopieer de volgende groep"),),
    ),
    *_all(
        "issuing",
        "Uitgeven",
        False,
        (
            ("correct", "X", "Herstel een verkeerd bericht"),
            ("photo", "Shift+F", "Foto bij dit bericht"),
            ("answer_1", "1", "Antwoord 1"),
            ("answer_2", "2", "Antwoord 2"),
            ("answer_3", "3", "Antwoord 3"),
            ("answer_4", "4", "Antwoord 4"),
        ),
    ),
)

POSTS = _all(
    "posts",
    "Berichten",
    False,
    (
        ("record", "R", "Leg een geplaatst bericht vast"),
        ("pass_on", "D", "Zet door naar andere groepen"),
        ("templates", "S", "Sjablonen"),
        ("photo", "Shift+F", "Foto bij dit bericht"),
    ),
)

FEEDBACK = _all(
    "feedback",
    "Terugkoppeling",
    False,
    (
        *((f"answer_{n}", str(n), f"Afloop {n}") for n in range(1, 8)),
        ("waive", "W", "Geen terugkoppeling, met reden"),
        ("pass_on", "D", "Doorzetten van de buren"),
        ("already_shared", "A", "Al gedeeld door de beheerder"),
    ),
)

GROUPS = _all(
    "groups",
    "Groepen",
    False,
    (
        ("open_node", "Right", "Open"),
        ("close_node", "Left", "Dicht"),
        ("edit", "E", "Bewerk"),
        ("show_numbers", "V", "Toon nummers"),
        ("confirm_card", "C", "Vandaag bevestigd"),
        ("agreement", "T", "Nieuwe afspraak"),
        ("import_list", "L", "Groepenlijst inlezen"),
        ("coverage", "D", "Dekking"),
        ("signup", "A", "Aanmelding van een bewoner"),
        ("signs", "S", "Borden"),
    ),
)

SIGNS = _all(
    "signs",
    "Borden",
    False,
    (
        ("advise", "A", "Leg advies vast"),
        ("answer_1", "1", "Eerste stap verder"),
        ("answer_2", "2", "Tweede stap"),
        ("answer_3", "3", "Derde stap"),
    ),
)

COVERAGE = _all(
    "coverage",
    "Dekking",
    False,
    (
        ("sort_next", "S", "Sorteer op de volgende kolom"),
        ("sort_turn", "Shift+S", "Keer de volgorde om"),
        ("save_table", "Ctrl+S", "Bewaar als CSV"),
    ),
)

REGISTER = _all(
    "register",
    "Groepenlijst inlezen",
    False,
    (
        ("tick_kind", "A", "Vink alles van deze soort"),
        ("show_numbers", "V", "Toon de nummers van deze regel"),
    ),
)

BURGERNET = _all(
    "burgernet",
    "Burgernet",
    False,
    (
        ("answer_1", "1", "Loopt nog"),
        ("answer_2", "2", "Is beëindigd"),
        ("answer_3", "3", "Kan het niet zien"),
    ),
)

ANSWERS = _all(
    "answers",
    "Overdracht en beslissen",
    False,
    (
        ("answer_1", "1", "Begrepen, of eerste antwoord"),
        ("answer_2", "2", "Vraag, of tweede antwoord"),
        ("answer_3", "3", "Naar mij, of derde antwoord"),
        ("answer_4", "4", "Vierde antwoord"),
        ("to_detail", "Return | Enter", "Open"),
    ),
)

PROCESS = _all(
    "process",
    "Werkproces",
    False,
    (
        ("edit", "E", "Bewerk deze stap"),
        ("new", "N", "Nieuwe stap"),
        ("move_earlier", "Alt+Up", "Zet de stap eerder"),
        ("move_later", "Alt+Down", "Zet de stap later"),
        ("remove", "Del", "Haal de stap weg"),
    ),
)

COMMANDS: tuple[Command, ...] = (
    *EVERYWHERE,
    *OUTSIDE,
    *LISTS,
    *REPORTS,
    *BLOCKS,
    *ENTERING,
    *CLOSING,
    *WRITING,
    *ISSUING,
    *POSTS,
    *FEEDBACK,
    *GROUPS,
    *REGISTER,
    *COVERAGE,
    *SIGNS,
    *BURGERNET,
    *ANSWERS,
    *PROCESS,
)

PARENTS = ("lists", "outside", "everywhere")


def keys_of(command: str, scope: str = "") -> str:
    """Return the key shown on a button, in Dutch key names; empty where there is none."""
    for row in COMMANDS:
        if row.id == command and (not scope or row.scope == scope):
            return shown(row.keys[0])
    return ""


def shown(key: str) -> str:
    """Write a key as it is printed on a key cap."""
    names = {
        "Return": "Enter",
        "PgDown": "PgDn",
        "Space": "Spatie",
        "Right": "→",
        "Left": "←",
        "Up": "↑",
        "Down": "↓",
    }
    parts = key.replace("++", "+Plus").split("+")
    return "+".join(names.get(part, "+" if part == "Plus" else part) for part in parts)
