"""Any engagement document that the published schema allows, as hypothesis draws it."""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from hypothesis import strategies as st

from tallystick.engine.guardrails import snapshot_schema
from tallystick.engine.guardrails.waivers import LONGEST

SCHEMA = snapshot_schema()
NEEDED = ("engagement", "id", "name", "stage")
FEW = 6
DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31)).map(str) | st.dates().map(str)
NAMES = st.sampled_from(["a", "b", "c", "d"])
TEXTS = NAMES | st.sampled_from(["95%", "99.9 %", ">= 4", "", "é" * 40, "\x00<&"])
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(["at_risk", "terminations", "notice_days", "renews"]), inner, max_size=3
        )
    ),
    max_leaves=4,
)


def documents() -> st.SearchStrategy[dict[str, Any]]:
    """Draw documents with some of the top-level keys, mended so that they agree with themselves."""
    keys = [key for key in SCHEMA["properties"] if key not in (*NEEDED, "guardrails")]

    def with_keys(chosen: set[str]) -> st.SearchStrategy[dict[str, Any]]:
        return st.fixed_dictionaries({key: _top(key) for key in (*NEEDED, *sorted(chosen))})

    return st.sets(st.sampled_from(keys), min_size=3, max_size=14).flatmap(with_keys).map(_mended)


@cache
def _named(name: str) -> st.SearchStrategy[Any]:
    return _values(SCHEMA["$defs"][name])


@cache
def _top(key: str) -> st.SearchStrategy[Any]:
    return _values(SCHEMA["properties"][key])


def _values(node: dict[str, Any]) -> st.SearchStrategy[Any]:
    if "$ref" in node:
        return _named(node["$ref"].rsplit("/", 1)[-1])
    if "anyOf" in node:
        kinds = [each.get("type") for each in node["anyOf"]]
        # A decimal may be written as text; the numbers draw it so.
        either = [
            each for each in node["anyOf"] if each.get("type") != "string" or "number" not in kinds
        ]
        return st.one_of([_values(each) for each in either])
    if "enum" in node or "const" in node:
        return st.sampled_from(node.get("enum") or [node["const"]])
    drawn = _KINDS.get(node.get("type", ""))
    return drawn(node) if drawn else ANYTHING


def _numbers(node: dict[str, Any]) -> st.SearchStrategy[Any]:
    low, high = node.get("minimum", -(10**15)), node.get("maximum", 10**15)
    drawn = st.floats(low, high) | st.integers(low, high) | st.sampled_from([low, high])
    return drawn | st.decimals(low, high, places=3).map(str)


def _integers(node: dict[str, Any]) -> st.SearchStrategy[Any]:
    low, high = node.get("minimum", -(10**9)), node.get("maximum", 10**9)
    return st.integers(low, min(high, low + 40)) | st.integers(low, high)


def _texts(node: dict[str, Any]) -> st.SearchStrategy[Any]:
    if node.get("format") == "date":
        return DAYS
    if "pattern" in node and "W(" in node["pattern"]:
        months = st.integers(1, 12).map(lambda month: f"2027-{month:02d}")
        return months | st.sampled_from(["2027", "2027-Q1", "2027-W05", "2027-02-28", "0001-W01"])
    if "pattern" in node:
        return st.from_regex(node["pattern"], fullmatch=True)
    return NAMES if node.get("minLength") else TEXTS


def _objects(node: dict[str, Any]) -> st.SearchStrategy[Any]:
    needed = {key: _values(node["properties"][key]) for key in node.get("required", ())}
    rest = {
        key: _values(each) for key, each in node.get("properties", {}).items() if key not in needed
    }
    if "class" not in rest and "service_levels" not in rest and "targets" not in rest:
        return st.fixed_dictionaries(needed, optional=rest)
    loose = {key: ANYTHING for key in ("credits", "renewal", "class", "credit", "severity")}
    loose["class"] |= st.just("critical-service-level")
    return st.fixed_dictionaries(needed, optional=rest | loose)


_KINDS: dict[str, Callable[[dict[str, Any]], st.SearchStrategy[Any]]] = {
    "array": lambda node: st.lists(_values(node["items"]), max_size=FEW),
    "boolean": lambda node: st.booleans(),
    "integer": _integers,
    "null": lambda node: st.none(),
    "number": _numbers,
    "object": _objects,
    "string": _texts,
}


def _mended(document: dict[str, Any]) -> dict[str, Any]:
    starts, ends = document.get("starts_on"), document.get("ends_on")
    if starts and ends and ends < starts:
        document |= {"starts_on": ends, "ends_on": starts}
    return {key: _agreeing(key, each) for key, each in document.items()}


def _agreeing(key: str, value: Any) -> Any:
    if isinstance(value, list):
        return _each_once(key, [_agreeing("", each) for each in value])
    if not isinstance(value, dict):
        return value
    mended = {name: _agreeing(name, each) for name, each in value.items()}
    if "numerator" in mended:
        mended["numerator"] = min(mended["numerator"], mended["denominator"])
    if {"least", "likely", "most"} <= set(mended):
        days = sorted(mended[name] for name in ("least", "likely", "most"))
        mended |= dict(zip(("least", "likely", "most"), days, strict=True))
    if mended.get("granted_on") and not _lasts_a_year_at_most(mended):
        mended["granted_on"] = mended["expires_on"]
    return mended


def _lasts_a_year_at_most(waiver: dict[str, Any]) -> bool:
    begins, ends = (date.fromisoformat(waiver[name]) for name in ("granted_on", "expires_on"))
    return 0 <= (ends - begins).days <= LONGEST.days


ONE_BY = {"evaluators": "name", "levels": "level", "demand": "window", "satisfaction": "window"}


def _each_once(key: str, items: list[Any]) -> list[Any]:
    """Return the items of a list, each id once, tasks after tasks that stand before them."""
    seen: dict[Any, Any] = {}
    for item in items:
        if not isinstance(item, dict):
            return items
        name = item.get(ONE_BY.get(key, "id"))
        if key == "measurements":
            name = (item["service_level"], item["window"])
        if key == "tasks" and "after" in item:
            item["after"] = [each for each in item["after"] if each in seen]
        seen.setdefault(id(item) if name is None else name, item)
    return list(seen.values())
