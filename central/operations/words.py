"""What may stand behind ``central`` on the command line."""

import argparse
from pathlib import Path
from typing import NoReturn

from central.operations.serve import HOST, PORT

PROGRAM = "run.py central"


class Parser(argparse.ArgumentParser):
    """Says in Dutch what is wrong with the words."""

    def error(self, message: str) -> NoReturn:
        """End with code 2."""
        self.exit(
            2,
            f"Deze woorden kan de centrale niet lezen: {message}.\n"
            f"`{PROGRAM} --help` toont wat er kan.\n",
        )


def _store() -> Parser:
    store = Parser(add_help=False)
    store.add_argument(
        "--file", type=Path, help="het versleutelde bestand van de centrale (SQLite)"
    )
    store.add_argument("--database", help="het adres van PostgreSQL: postgresql://…")
    return store


def parser() -> argparse.ArgumentParser:
    """Return the reader of the command line."""
    store = _store()
    top = Parser(prog=PROGRAM, description="De centrale van Buurtdesk: voor meer desks en teams.")
    words = top.add_subparsers(dest="word", required=True, metavar="WOORD", parser_class=Parser)

    def word(name: str, says: str) -> Parser:
        return words.add_parser(name, help=says, description=says, parents=[store])

    serving = word("serve", "start de centrale (ook zonder woord)")
    serving.add_argument("--host", default=HOST, help=f"het adres om op te luisteren ({HOST})")
    serving.add_argument(
        "--port", type=_port, default=PORT, help=f"de poort ({PORT}; 0: een vrije)"
    )
    serving.add_argument("--cert", type=Path, help="het certificaat (PEM)")
    serving.add_argument("--key", type=Path, help="de sleutel van het certificaat (PEM)")
    serving.add_argument("--log", type=Path, help="schrijf het logboek in dit bestand")

    migrating = word("migrate", "breng de gegevens naar een andere versie")
    migrating.add_argument("way", choices=("up", "down"), help="vooruit of terug")
    migrating.add_argument(
        "revision", nargs="?", help="tot welke stap; anders: alles, of één terug"
    )

    backing = word("backup", "maak een versleutelde kopie, ook terwijl de centrale draait")
    backing.add_argument("dump", type=Path, metavar="KOPIE")

    restoring = word("restore", "zet een kopie terug; de centrale staat dan stil")
    restoring.add_argument("dump", type=Path, metavar="KOPIE")
    restoring.add_argument(
        "--replace", action="store_true", help="vervang wat er nu staat door de kopie"
    )

    verifying = word("verify", "controleer of niemand het auditspoor heeft veranderd")
    verifying.add_argument(
        "export",
        nargs="?",
        type=Path,
        metavar="BESTAND",
        help="een uitvoer in plaats van wat hier staat",
    )
    verifying.add_argument(
        "--trust",
        action="append",
        default=[],
        metavar="SLEUTEL",
        help="controleer met deze sleutel, zoals een desk hem kent",
    )
    exporting = word(
        "export-audit", "schrijf het auditspoor met keten en controlepunten in een bestand"
    )
    exporting.add_argument("export", type=Path, metavar="BESTAND")
    signing = word("audit-key", "de sleutel waarmee controlepunten worden ondertekend")
    signing.add_argument("what", choices=("new", "show"), help="new: volg hem op; show: toon hem")
    adding = word("add-team", "maak een team en toon de code voor zijn eerste accounthouder")
    adding.add_argument("name", metavar="NAAM")
    word("new-code", "toon een nieuwe code voor de eerste accounthouder")
    collecting = word("collect", "ruim op wat oud genoeg is om weg te mogen")
    collecting.add_argument(
        "--retention",
        action="store_true",
        help="de klok klopt: doe de ronde van de bewaartermijnen nu",
    )
    word("status", "toon hoe de centrale ervoor staat")
    keying = word("key", "maak of toon de sleutel van het bestand")
    keying.add_argument("what", choices=("new", "show"), help="new: een nieuwe; show: die er is")
    inlet = word("intake-key", "sleutels van meldformulieren van buiten")
    inlet.add_argument(
        "what",
        choices=("new", "list", "end"),
        help="new: een nieuwe; list: welke er zijn; end: maak een einde aan",
    )
    inlet.add_argument("which", nargs="?", metavar="NAAM", help="new: de naam; end: het nummer")
    inlet.add_argument("--team", help="welk team, als er meer zijn")
    return top


def with_word(arguments: list[str]) -> list[str]:
    """Return the words with ``serve`` in front where no other command stands there."""
    if not arguments or (arguments[0].startswith("-") and arguments[0] not in ("-h", "--help")):
        return ["serve", *arguments]
    return arguments


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError("een poort ligt tussen 0 en 65535")
    return port
