"""Acts out the invented day, oldest act first: reports, messages, claims and what was seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from console.app.demo.messages import draft, feedback, missing_person, seen_running, send
from console.app.demo.stage import Stage
from console.domain.clock import stamp
from console.domain.report import NewReport
from console.storage import marks
from contract.vocabulary import CloseReason

TOGETHER_MINUTES = 9
"""Acts of one person within so long are sent together; central lets no older claim in."""

LONG_AGO = 600
AFTERWARDS = 150

LOOKED_AT_WHATSAPP = 98
LOOKED_AT_LIST = 19


@dataclass(frozen=True, slots=True)
class Act:
    """One thing somebody did, so many minutes ago."""

    age: float
    by: str
    do: Callable[[], None]


async def act_out(stage: Stage, reports: Mapping[str, Any], posts: Mapping[str, Any]) -> None:
    """Do the whole day, from its oldest act to its newest."""
    acts = [*_of_reports(stage, reports), *_of_closed(stage, reports), *_of_posts(stage, posts)]
    acts.append(Act(LOOKED_AT_WHATSAPP, "lotte", partial(_looked_at_whatsapp, stage)))
    acts.append(Act(LOOKED_AT_LIST, "lotte", partial(_looked_at_list, stage, reports)))
    scene: list[Act] = []
    for act in sorted(acts, key=lambda one: -one.age):
        if scene and not _together(scene[0], act):
            await _play(stage, scene)
            scene = []
        scene.append(act)
    await _play(stage, scene)


def _together(first: Act, act: Act) -> bool:
    room = TOGETHER_MINUTES if act.age > 10 else 0
    return act.by == first.by and first.age - act.age <= room


async def _play(stage: Stage, scene: list[Act]) -> None:
    await stage.play(stage.ids[scene[0].by], [(act.age, act.do) for act in scene])


def _of_reports(stage: Stage, reports: Mapping[str, Any]) -> list[Act]:
    acts = []
    for entry in reports["report"]:
        acts.append(Act(entry["age"], entry["by"], partial(_report, stage, entry)))
        for what in ("claim", "wait", "note"):
            if what in entry:
                did = entry[what]
                # A note comes after the claim of the same minute.
                age = did["age"] - (0.01 if what == "note" else 0)
                acts.append(Act(age, did["by"], partial(_later, stage, entry["key"], what, did)))
    return acts


def _of_closed(stage: Stage, reports: Mapping[str, Any]) -> list[Act]:
    acts = []
    for place, row in enumerate(reports["closed"]["rows"]):
        age, after, by, category, title, text, where, area, group, reason, helped = row
        ended = age - after
        if age > LONG_AGO:
            # The evening before was typed in afterwards, from the phone, a few at a time.
            ended = ended // AFTERWARDS * AFTERWARDS
        entry = {
            "key": f"closed-{place}",
            "age": age,
            "category": category,
            "title": title,
            "text": text,
            "place": where,
            "area": area,
            "group": group,
        }
        begun = ended + 1 if age > LONG_AGO else age
        acts.append(Act(begun, by, partial(_report, stage, entry)))
        close = partial(_close, stage, entry["key"], CloseReason(reason), helped)
        acts.append(Act(ended, by, close))
    return acts


def _of_posts(stage: Stage, posts: Mapping[str, Any]) -> list[Act]:
    missing = posts["missing"]
    acts = [
        Act(missing["received"], "lotte", partial(missing_person, stage, missing)),
        Act(missing["released"], "lotte", partial(send, stage, "missing", missing)),
        Act(missing["seen"], "lotte", partial(seen_running, stage)),
    ]
    for entry in posts["post"]:
        acts.append(Act(entry["age"] + 1, entry["by"], partial(draft, stage, entry, entry["key"])))
        acts.append(Act(entry["age"], entry["by"], partial(send, stage, entry["key"], entry)))
        if "outcome" in entry:
            acts.append(Act(entry["settled"], entry["by"], partial(feedback, stage, entry)))
    for entry in posts["draft"]:
        acts.append(Act(entry["age"], entry["by"], partial(draft, stage, entry)))
    return acts


def _report(stage: Stage, entry: Mapping[str, Any]) -> None:
    group = entry["group"]
    heard = stage.at(entry["age"])
    new = NewReport(
        category=entry["category"],
        title=entry["title"],
        text=entry["text"],
        place=entry["place"],
        heard_at=stamp(heard),
        happened_at=stamp(heard - timedelta(minutes=entry.get("seen", 0))),
        area_id=stage.ids[entry["area"]],
        acute=entry.get("acute", False),
        relay="group",
        relay_id=stage.ids[group],
        relay_name=group,
    )
    stage.ids[entry["key"]] = stage.reports.add(new).result()


def _later(stage: Stage, key: str, what: str, did: Mapping[str, Any]) -> None:
    report_id = stage.ids[key]
    if what == "claim":
        stage.reports.claim(report_id)
    elif what == "wait":
        stage.reports.claim(report_id)
        stage.reports.wait_for(report_id, did["on"])
    else:
        stage.reports.note(report_id, did["text"])


def _close(stage: Stage, key: str, reason: CloseReason, helped: str) -> None:
    report_id = stage.ids[key]
    stage.reports.claim(report_id)
    stage.reports.close(report_id, reason, helped)


def _looked_at_list(stage: Stage, reports: Mapping[str, Any]) -> None:
    assert stage.desk.conn is not None
    assert stage.desk.person is not None
    old = [one["key"] for one in reports["report"] if one["age"] > LOOKED_AT_LIST]
    marks.look_at(
        stage.desk.conn,
        "report",
        [stage.ids[key] for key in old],
        person=stage.desk.person.id,
        now=stage.desk.now(),
    )


def _looked_at_whatsapp(stage: Stage) -> None:
    stage.lamps.checked(True)
