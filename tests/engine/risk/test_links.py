"""Risks that lead to others: an order, or the circle by its names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.engine.risk.links import LinkUnknown, RisksCircular, in_order

NAMES = [f"r{n}" for n in range(6)]


def test_a_risk_comes_before_those_it_leads_to() -> None:
    found = in_order(["fine", "breach", "leavers"], {"breach": ["fine"], "leavers": ["breach"]})

    assert found == ["leavers", "breach", "fine"]


def test_a_circle_is_refused_and_named() -> None:
    links = {
        "leavers": ["delay"],
        "delay": ["overtime"],
        "overtime": ["leavers"],
        "fine": ["delay"],
    }

    with pytest.raises(RisksCircular) as caught:
        in_order(["leavers", "delay", "overtime", "fine"], links)

    assert caught.value.circle == ("delay", "overtime", "leavers")
    assert "delay to overtime to leavers to delay" in caught.value.message
    assert (caught.value.code, caught.value.place) == ("risk.circular", "links.delay")


def test_a_risk_that_leads_to_itself_is_a_circle() -> None:
    with pytest.raises(RisksCircular) as caught:
        in_order(["delay"], {"delay": ["delay"]})

    assert caught.value.circle == ("delay",)


@pytest.mark.parametrize("links", [{"delay": ["gone"]}, {"gone": ["delay"]}])
def test_a_link_to_nowhere_is_refused(links: dict[str, list[str]]) -> None:
    with pytest.raises(LinkUnknown) as caught:
        in_order(["delay"], links)

    assert caught.value.code == "risk.unknown-link"
    assert "gone" in caught.value.message


@given(links=st.dictionaries(st.sampled_from(NAMES), st.lists(st.sampled_from(NAMES), max_size=3)))
def test_there_is_an_order_or_a_circle_that_is_there(links: dict[str, list[str]]) -> None:
    try:
        found = in_order(NAMES, links)
    except RisksCircular as refusal:
        circle = refusal.circle
        following = (*circle[1:], circle[0])
        assert all(two in links[one] for one, two in zip(circle, following, strict=True))
    else:
        assert sorted(found) == NAMES
        assert all(
            found.index(one) < found.index(two) for one, others in links.items() for two in others
        )
