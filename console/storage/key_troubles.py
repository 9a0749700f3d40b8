"""What can be wrong with the key of the local files, in words (security.md §2)."""

from console.domain.failures import Problem, StorageTrouble

WRONG_PASSPHRASE = Problem(
    "wrong-passphrase",
    "Deze wachtwoordzin klopt niet.",
    "Probeer het opnieuw. Let op hoofdletters en spaties.",
)
NO_SLOT = Problem(
    "no-slot",
    "Deze persoon heeft op deze computer nog geen wachtwoordzin.",
    "Laat iemand die hier al werkt u toevoegen.",
)
KEYRING_MISSING = Problem(
    "keyring-missing",
    "De sleutelbos van deze computer is er niet.",
    "Typ uw wachtwoordzin.",
)
KEYRING_LOCKED = Problem(
    "keyring-locked",
    "De sleutelbos van deze computer is op slot.",
    "Typ uw wachtwoordzin, of open de sleutelbos en start de desk opnieuw.",
)
KEYRING_EMPTY = Problem(
    "keyring-empty",
    "De sleutel van de desk staat niet meer in de sleutelbos van deze computer.",
    "Typ uw wachtwoordzin. De desk zet de sleutel daarna terug.",
)
KEYRING_CHANGED = Problem(
    "keyring-changed",
    "In de sleutelbos van deze computer staat een andere sleutel.",
    "Typ uw wachtwoordzin. De desk zet de sleutel daarna terug.",
)
KEYS_DAMAGED = Problem(
    "keys-damaged",
    "Het bestand met de sloten van de desk is beschadigd.",
    "Zet keys.json terug uit een kopie. Lukt dat niet, meld u dan opnieuw aan en haal alles op.",
)
KEYS_EXIST = Problem(
    "keys-exist",
    "Deze desk heeft al een sleutel. Er is niets gewijzigd.",
    "Meld u aan met uw wachtwoordzin.",
)
PASSPHRASE_NEEDED = Problem(
    "passphrase-needed",
    "Deze computer heeft geen sleutelbos die werkt.",
    "Kies een wachtwoordzin. Daarmee opent u de desk voortaan.",
)
KEYS_NOT_WRITTEN = Problem(
    "keys-not-written",
    "Het bestand met de sloten van de desk kon niet worden bewaard. De oude sloten gelden nog.",
    "Maak ruimte vrij op deze computer en probeer het opnieuw.",
)
LAST_SLOT = Problem(
    "last-slot",
    "Dit is de laatste wachtwoordzin van deze desk. Zonder deze kan niemand er meer in.",
    "Voeg eerst iemand anders toe.",
)


class KeyTrouble(StorageTrouble):
    """The key could not be had or kept; the problem says why and what to do."""
