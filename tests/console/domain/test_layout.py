"""A template is data: what may stand in it, and that nothing else gets through (threat 8)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, StrictUndefined

from console.domain.compose import render
from console.domain.layout import MAX_LAYOUT, BadLayout, check_layout, parse
from console.domain.post import Template, TemplateField
from contract.region import NETHERLANDS

NAMES = ("wie", "plaats", "tijd")

HOSTILE = [
    "{{ wie.__class__ }}",
    "{{ wie() }}",
    "{{ wie[0] }}",
    "{{ 9 ** 9 }}",
    "{{ 'x' * 1000000 }}",
    "{{ wie if plaats }}",
    "{{ wie|upper }}",
    "{{ wie|replace('a', 'b') }}",
    "{{ onbekend }}",
    "{{ true }}",
    "{{ if }}",
    "{{ zin }}",
    "{{ wie ~ plaats }}",
    "{{- wie }}",
    "{{ wie -}}",
    "{{}}",
    "{{ wie",
    "{% if wie %}",
    "{% endif %}",
    "{% if wie|zin %}x{% endif %}",
    "{% if not wie %}x{% endif %}",
    "{% if wie %}a{% else %}b{% endif %}",
    "{% for a in wie %}{% endfor %}",
    "{% set wie = 1 %}",
    "{% include 'wie' %}",
    "{% raw %}{{ wie }}{% endraw %}",
    "{%- if wie %}x{% endif %}",
    "{# een opmerking #}",
    "{{ " + "(" * 2000,
    "{% if wie %}" * 500,
    "{{ " + "wie|" * 1500 + "zin }}",
]


@pytest.mark.parametrize("layout", HOSTILE, ids=lambda one: one[:32])
def test_anything_but_text_fields_and_if_is_refused(layout: str) -> None:
    assert check_layout(layout, NAMES)


def test_a_refusal_names_the_line() -> None:
    problems = check_layout("Vermist\n\n{{ wie.naam }}", NAMES)
    assert [one.line for one in problems] == [3, 3]
    assert problems[0].sentence == "Hier mag alleen een veld staan."


def test_a_layout_that_is_too_long_is_refused_before_it_is_read() -> None:
    long = "a" * (MAX_LAYOUT + 1)
    assert "langer" in check_layout(long, NAMES)[0].sentence
    with pytest.raises(BadLayout):
        parse(long)


def test_an_if_may_stand_three_deep_and_no_deeper() -> None:
    three = "{% if wie %}" * 3 + "x" + "{% endif %}" * 3
    four = "{% if wie %}" * 4 + "x" + "{% endif %}" * 4
    assert check_layout(three, NAMES) == []
    assert check_layout(four, NAMES)


safe_text = st.text(
    alphabet=st.characters(exclude_characters="{}%#\n\r*", exclude_categories=("Cc", "Cs", "Z")),
    max_size=12,
)
parts = st.recursive(
    st.one_of(safe_text, st.sampled_from([f"{{{{{name}}}}}" for name in NAMES])),
    lambda inner: st.builds(
        lambda name, body: f"{{% if {name} %}}{''.join(body)}{{% endif %}}",
        st.sampled_from(NAMES),
        st.lists(inner, max_size=3),
    ),
    max_leaves=6,
)


@given(
    body=st.lists(parts, min_size=1, max_size=6).map("".join),
    values=st.fixed_dictionaries(dict.fromkeys(NAMES, safe_text)),
)
def test_the_text_is_the_layout_with_its_fields_replaced(body: str, values: dict[str, str]) -> None:
    layout = "Titel\n" + body
    if check_layout(layout, NAMES):
        assert body.count("{% if") > 3, "Only nesting may be refused here."
        return
    fields = tuple(TemplateField(name, name, required=False) for name in NAMES)
    template = Template("", "", "", "", "", 1, "", "", "", "", False, fields, layout)
    made = render(
        template, values, team="", area_name="", region=NETHERLANDS, urgent=False, training=False
    )
    expected = Environment(undefined=StrictUndefined).from_string(body).render(values)
    middle = made.text.split("\n", 2)[2]
    assert middle.removesuffix(NETHERLANDS.closing_general).rstrip("\n") == expected


@given(st.text(max_size=300))
def test_any_text_at_all_is_accepted_or_refused_and_never_raises(layout: str) -> None:
    problems = check_layout(layout, NAMES)
    if not problems:
        parse(layout)


@given(st.lists(st.sampled_from(["{{", "}}", "{%", "%}", "if", "endif", " ", "wie", "|", "zin", "(",
                                 "{#", "#}", "raw", "\n", "x", "-", "'"]), max_size=25).map("".join))  # fmt: skip
def test_any_mix_of_marks_is_accepted_or_refused_and_never_raises(layout: str) -> None:
    problems = check_layout(layout, NAMES)
    if not problems:
        parse(layout)
