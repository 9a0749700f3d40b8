"""The guard while typing (D07): 50 ms at 1,500 characters."""

from __future__ import annotations

from benchmarks.measure import Figure, in_budget, once
from contract.guard import check

RUNS = 50
SENTENCE = (
    "Wij zoeken een man van ongeveer 40 jaar met een donkere jas. Hij liep om 15:20 uur langs de "
    "Stationsstraat 14 richting het water. Bel bij tips 06-12345678 of mail naar jan@voorbeeld.nl. "
)


def measure() -> list[Figure]:
    """Measure one check of a text of 1,500 characters with findings of several kinds."""
    text = (SENTENCE * 10)[:1_450]
    text += "\nZiet u dit? Bel direct 112. Andere tips: 0900-8844. Reageer niet via WhatsApp."
    times = [once(lambda: check(text, "lookout")) for _ in range(RUNS + 1)][1:]
    floor = "budget D07, 1.500 tekens"
    return [in_budget("guard_1500", times, budget_ms=50, floor=floor)]
