"""Words that are no name: proposed by anybody, allowed by the account holder (F26)."""

import pytest

from console.domain.failures import Refused
from console.services.desk import Desk
from console.services.posts import Posts
from console.services.terms import TermList
from console.storage.history import history
from contract.guard.terms import CHOICE, allowed_terms, fault_of
from tests.helpers import town


@pytest.fixture
def village(desk: Desk) -> Desk:
    town.build(desk)
    return desk


def release(desk: Desk, words: str) -> str:
    """Release a message; return the code of the refusal, empty where it went."""
    posts = Posts(desk)
    values = {"onderwerp": "gevonden fiets", "bericht": words}
    draft = posts.new_draft("general", values=values, group_ids=town.GROUPS[:1]).result()
    try:
        posts.release(draft).result()
    except Refused as refused:
        return refused.problem.code
    return ""


def test_a_word_passes_once_the_account_holder_allowed_it_and_no_longer_when_taken_back(
    village: Desk,
) -> None:
    words = "Mevrouw Havenfeest komt weer"
    terms = TermList(village)
    assert release(village, words) == "guard-name"

    terms.propose(" Havenfeest ", "Zo heet het feest").result()
    terms.propose("havenfeest").result()
    waiting = terms.all().result().proposed
    assert [(one.text, one.reason) for one in waiting] == [("Havenfeest", "Zo heet het feest")]
    assert release(village, words) == "guard-name"

    terms.allow("Havenfeest").result()
    now = terms.all().result()
    assert [one.text for one in now.allowed] == ["Havenfeest"]
    assert now.allowed[0].by
    assert now.proposed == ()
    assert release(village, words) == ""

    terms.take_back("havenfeest").result()
    assert terms.all().result().allowed == ()
    assert release(village, words) == "guard-name"
    told = [one.what for one in village.look(lambda c: history(c, "setting", CHOICE)).result()]
    assert told == ["term_proposed", "term_allowed", "term_taken_back"]


def test_a_proposal_turned_down_is_gone_and_may_be_made_again(village: Desk) -> None:
    terms = TermList(village)
    terms.propose("Havenfeest").result()
    terms.refuse("Havenfeest").result()
    assert terms.all().result().proposed == ()
    with pytest.raises(Refused):
        terms.refuse("Havenfeest").result()
    terms.propose("Havenfeest").result()
    assert [one.text for one in terms.all().result().proposed] == ["Havenfeest"]


def test_only_the_account_holder_decides_and_a_reader_proposes_nothing(village: Desk) -> None:
    terms = TermList(village)
    terms.propose("Havenfeest").result()
    village.person = town.READER
    for act in (terms.propose, terms.allow, terms.refuse, terms.take_back):
        with pytest.raises(Refused) as caught:
            act("Havenfeest").result()
        assert caught.value.problem.code == "not-allowed"
    assert terms.all().result().allowed == ()


@pytest.mark.parametrize(
    ("term", "fault"),
    [
        ("", "empty"),
        ("12", "empty"),
        ("Ab", "empty"),
        ("Haven " * 20, "long"),
        ("111222333 Bsn", "data"),
        ("NL91 ABNA 0417 1643 00", "data"),
        ("De verdachte J.K. (34)", "data"),
        ("06-12345678 Jan", "data"),
        ("getinte man", "data"),
        ("Houd hem vast", "data"),
        ("Elzenlaan 22", "data"),
        ("jan@voorbeeld.nl", "data"),
        ("OEFENING", "data"),
        ("[naam]", "data"),
    ],
)
def test_nothing_but_a_word_gets_on_the_list(village: Desk, term: str, fault: str) -> None:
    terms = TermList(village)
    for act in (terms.propose, terms.allow):
        with pytest.raises(Refused) as caught:
            act(term).result()
        assert caught.value.problem.code == f"term-{fault}"
    # Put on the list round the service, it is passed over where the list is read.
    assert fault_of(" ".join(term.split())) == fault
    assert allowed_terms({"terms": [term, 3, None, "Havenfeest"]}) == ("Havenfeest",)


def test_a_stop_stays_a_stop_whatever_is_on_the_list(village: Desk) -> None:
    TermList(village).allow("Havenfeest").result()
    assert release(village, "Mevrouw Havenfeest heeft 111222333") == "guard-bsn"
    assert release(village, "Mevrouw Havenfeest en mevrouw Testman") == "guard-name"
