"""A condition's tokens -> the fields it names and the loops it runs, all checked."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tallystick.engine.guardrails.conditions import schema
from tallystick.engine.guardrails.conditions.faults import ConditionFaulty, fault_at
from tallystick.engine.guardrails.conditions.tokens import Kind, Token, tokens_of
from tallystick.engine.guardrails.documents import near_word

LOOPS = ("all", "exists", "exists_one", "filter")
FUNCTIONS = (
    *("has", "size", "contains", "startsWith", "endsWith", "int", "double", "string"),
    *("timestamp", "duration", "getFullYear", "getMonth", "getDayOfMonth", "getDayOfWeek"),
)
WORDS = ("true", "false", "null", "in")
DEEPEST = 24
MOST_LOOPS_INSIDE = 4
TURN = 8
"""What one turn of a loop costs beside its condition, in tokens."""

ITEM = "*"
"""The step of a path from a list to its items."""

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cost:
    """Some tokens that run once for every item of every list in `loops`."""

    loops: tuple[str, ...]
    tokens: int = 0
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bound:
    """What a loop's variable stands for."""

    node: schema.Node
    path: Path


@dataclass(slots=True)
class Scan:
    """What a condition touches: paths it reads, and what it costs."""

    paths: list[Path] = field(default_factory=list)
    costs: list[Cost] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Place:
    """Where reading stands: the variables in scope and the lists that are looped over."""

    bound: dict[str, Bound] = field(default_factory=dict)
    loops: tuple[str, ...] = ()
    depth: int = 0


@dataclass(slots=True)
class Value:
    """What a chain such as `objectives[0].baseline` has reached; no path: a computed value."""

    node: schema.Node = None
    path: Path | None = None


def scan(text: str) -> Scan:
    """
    Return what a condition touches. Its syntax must be sound; its meaning is checked here.

    Raises:
        ConditionFaulty: for an unknown field or function, a loop over something that is not a
            field of the snapshot, or nesting that is too deep; with the position.
    """
    reader = _Reader(text)
    reader.expression(Place(), closing="")
    return reader.found


class _Reader:
    """One pass over the tokens; every method leaves `at` behind what it has read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokens_of(text)
        self.at = 0
        self.found = Scan()

    def expression(self, place: Place, closing: str) -> None:
        """Read up to the closing mark, which is left to the caller."""
        if place.depth > DEEPEST:
            raise self.fault(self.now, "the condition is nested too deeply", "Split it in two.")
        began = self.at
        while self.now.kind is not Kind.END and self.now.text != closing:
            self.operand(place)
        self.found.costs.append(Cost(place.loops, tokens=self.at - began))

    def operand(self, place: Place) -> None:
        """Read one value with all that hangs on it, or one operator."""
        token = self.take()
        if token.kind is Kind.NAME and token.text not in WORDS:
            self.chain(self.named(token, place), place)
        elif token.text in ("(", "["):
            self.inside(token, place)
            self.chain(Value(), place)
        elif token.kind in (Kind.TEXT, Kind.NUMBER):
            self.chain(Value(), place)
        elif token.text in ("{", "."):
            raise self.fault(token, f"'{token.text}' cannot stand here", "Name a field.")

    def named(self, token: Token, place: Place) -> Value:
        """Read a variable, a field of the snapshot or a function's name."""
        if self.now.text == "(":
            self.call(token, place)
            return Value()
        if token.text in place.bound:
            bound = place.bound[token.text]
            return Value(bound.node, bound.path)
        top = schema.top_level()
        self.require(token, schema.known_names(top), "field of the snapshot")
        return Value(schema.field_of(top, token.text)[1], (token.text,))

    def chain(self, value: Value, place: Place) -> None:
        """Read the members, indices and calls that hang on a value."""
        while self.now.text in (".", "[", "{"):
            mark = self.take()
            if mark.text == "{":
                raise self.fault(mark, "a map cannot be written in a condition", "Name a field.")
            if mark.text == "[":
                value = self.index(mark, value, place)
            else:
                value = self.member(value, place)
        self.record(value, place)

    def record(self, value: Value, place: Place) -> None:
        """Keep the path of a value that is read whole, and what reading it costs."""
        if value.path is not None:
            self.found.paths.append(value.path)
            self.found.costs.append(Cost(place.loops, names=(_last(value.path),)))

    def index(self, mark: Token, value: Value, place: Place) -> Value:
        """Read `[0]`, `["name"]` or `[anything]`."""
        only = self.tokens[self.at]
        self.inside(mark, place)
        if value.path is None:
            return Value()
        if only.kind is Kind.TEXT and self.tokens[self.at - 2] is only:
            name = only.text.strip("rRbB").strip("'\"")
            return Value(schema.field_of(value.node, name)[1], (*value.path, name))
        return Value(schema.item_of(value.node), (*value.path, ITEM))

    def member(self, value: Value, place: Place) -> Value:
        """Read a field or a method."""
        token = self.take()
        if self.now.text == "(":
            if token.text in LOOPS:
                return self.loop(token, value, place)
            self.record(value, place)
            self.call(token, place)
            return Value()
        allowed, node = schema.field_of(value.node, token.text)
        if not allowed:
            self.require(token, schema.known_names(value.node), "field here")
        return Value(node, None if value.path is None else (*value.path, token.text))

    def loop(self, token: Token, value: Value, place: Place) -> Value:
        """Read `.all(each, condition)` and its siblings."""
        if value.path is None:
            raise self.fault(
                token,
                f"'{token.text}' runs over something that is not a field of the snapshot",
                "Loop over a field, such as objectives.",
            )
        if len(place.loops) >= MOST_LOOPS_INSIDE:
            raise self.fault(
                token,
                f"more than {MOST_LOOPS_INSIDE} loops lie inside each other",
                "Split the condition in two.",
            )
        self.take()  # the bracket
        variable, comma = self.take(), self.take()
        if variable.kind is not Kind.NAME or comma.text != ",":
            remedy = f"Write {token.text}(each, ...) with a name of your own for each."
            raise self.fault(variable, f"'{token.text}' needs a name and a condition", remedy)
        bound = Bound(schema.loop_item_of(value.node), (*value.path, ITEM))
        inner = Place(
            bound={**place.bound, variable.text: bound},
            loops=(*place.loops, _last(value.path)),
            depth=place.depth + 1,
        )
        self.found.paths.append(value.path)
        self.found.costs.append(Cost(inner.loops, tokens=TURN))
        self.expression(inner, closing=")")
        self.take()
        if token.text != "filter":
            return Value()
        # The evaluator copies the list for every item that it keeps.
        self.found.costs.append(Cost(inner.loops, names=(_last(value.path),)))
        return value

    def call(self, token: Token, place: Place) -> None:
        """Read a function's arguments, once its name is known to be allowed."""
        self.require(token, FUNCTIONS, "function of a condition")
        self.inside(self.take(), place)

    def inside(self, opening: Token, place: Place) -> None:
        """Read what stands between brackets, the closing one included."""
        closing = {"(": ")", "[": "]"}[opening.text]
        self.expression(Place(place.bound, place.loops, place.depth + 1), closing)
        self.take()

    @property
    def now(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        token = self.tokens[self.at]
        self.at = min(self.at + 1, len(self.tokens) - 1)
        return token

    def require(self, token: Token, known: Sequence[str], what: str) -> None:
        if token.text in known:
            return
        near = near_word(token.text, known)
        remedy = f"Did you mean '{near}'?" if near else f"Known are: {', '.join(known)}."
        if not known:
            remedy = f"Use {', '.join(LOOPS)} or size on a list; text and numbers have no fields."
        raise self.fault(token, f"'{token.text}' is not a {what}", remedy)

    def fault(self, token: Token, message: str, remedy: str) -> ConditionFaulty:
        return fault_at(self.text, token.offset, message, remedy)


def _last(path: Path) -> str:
    return path[-1]
