"""`verify`: compute a statement again from its bundle, with no server and no database."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from tallystick.cli.files import a_file
from tallystick.cli.ledger.held import held_of, key_of
from tallystick.cli.plainly import plain
from tallystick.engine.bundles.verify import Verification, verify_bundle


@click.command(
    name="verify",
    epilog="""\b
Example:
  tallystick verify statement-2026-03.zip
  tallystick verify statement-2026-03.zip --json""",
)
@click.argument("bundle", type=a_file())
@click.option(
    "--checkpoint",
    "checkpoints",
    multiple=True,
    type=a_file(),
    help="A checkpoint of the ledger that you were handed and kept; any number of them.",
)
@click.option("--key", help="The public key that you noted, or a file that holds it.")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
def command(bundle: Path, checkpoints: tuple[Path, ...], key: str | None, as_json: bool) -> None:
    """
    Compute the statement in BUNDLE again from the agreement and the data beside it.

    The ledger in it is verified as `ledger verify` does. Exit status: 0 if everything is
    identical, 1 if something differs, 2 if it is no bundle.
    """
    found = verify_bundle(bundle, held_of(checkpoints), key_of(key))
    click.echo(_as_json(found) if as_json else _as_text(found))
    sys.exit(0 if found.identical else 1)


def _as_text(found: Verification) -> str:
    statement = found.document.statement
    lines = [
        f"Statement of {statement.window}, {statement.engagement}: "
        f"{statement.client} and {statement.provider}, issued {statement.issued_at}.",
        f"Agreement {found.document.agreement}.",
    ]
    lines += [f"note: {each}" for each in found.notes]
    if found.identical:
        before = found.figures - found.stated
        lines.append(
            f"identical: {found.stated} figures and their credits, computed again from "
            f"{len(found.document.imports)} files of service data"
            + (f", and {before} earlier figures that the credits look back at." if before else ".")
        )
        return "\n".join(map(plain, lines))
    first, *rest = found.differences
    lines.append(f"DIFFERENT [{first.code}] at {first.place}: {first.sentence}")
    lines += [f"  also [{each.code}] at {each.place}: {each.sentence}" for each in rest[:9]]
    if len(rest) > 9:
        lines.append(f"  and {len(rest) - 9} more; --json has them all.")
    return "\n".join(map(plain, lines))


def _as_json(found: Verification) -> str:
    values = {
        "identical": found.identical,
        "statement": found.document.statement.model_dump(),
        "agreement": found.document.agreement,
        "figures": found.figures,
        "stated": found.stated,
        "differences": [asdict(each) for each in found.differences],
        "notes": list(found.notes),
    }
    return json.dumps(values, indent=2, ensure_ascii=False)
