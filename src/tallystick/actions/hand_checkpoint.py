"""Hand out the signed head of a ledger; whoever keeps it can show what was changed under it."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.keep_key import keep_key
from tallystick.actions.ledger_chain import lock_chain, whose
from tallystick.engine.ledger.checkpoints import Head, sign_head
from tallystick.engine.ledger.merkle import Tree, leaf_hash
from tallystick.engine.refusals import Refusal
from tallystick.records.ledger import Chain, Checkpoint, LedgerEntry, origin_of
from tallystick.records.viewer import Viewer


class LedgerRewritten(Refusal):
    """The ledger is not the one whose head was handed out before."""

    code = "ledger.rewritten"


@transaction.atomic
def hand_checkpoint(*, engagement: Chain, by: Viewer | None, as_of: datetime) -> Checkpoint:
    """
    Sign the head of an engagement's ledger and keep what was handed out, for both parties.

    An organisation, or None for the installation, takes the head of its own chain. A head that
    has not moved is signed once. `by` is None for whoever runs the installation.

    Raises:
        LedgerRewritten: if the entries contradict the checkpoint handed out last. A log must
            not sign what is inconsistent with what it signed (c2sp.org/tlog-checkpoint).
    """
    key = keep_key(as_of=as_of)
    origin = origin_of(engagement)
    lock_chain(origin)
    entries = LedgerEntry.objects.filter(chain=origin).order_by("seq")
    stored = entries.values_list("canonical", flat=True).iterator()
    leaves = [leaf_hash(bytes(canonical)) for canonical in stored]
    tree, size = Tree(leaves), len(leaves)
    handed = Checkpoint.objects.filter(chain=origin).order_by("-size", "-id")
    _demand_the_same_past(tree, size, handed.first())
    public = key.named(origin).text
    if (same := handed.filter(size=size, key=public).first()) is not None:
        return same
    head = Head(origin, size, tree.root(size))
    return Checkpoint.objects.create(
        **whose(engagement),
        size=size,
        root=head.root_text,
        note=sign_head(head, key),
        key=public,
        handed_at=as_of,
        handed_by=by.person if by else None,
    )


def _demand_the_same_past(tree: Tree, size: int, last: Checkpoint | None) -> None:
    if last is None:
        return
    if last.size <= size and Head("", last.size, tree.root(last.size)).root_text == last.root:
        return
    raise LedgerRewritten(
        f"This ledger is not the one whose first {last.size} entries were signed on "
        f"{last.handed_at:%d %B %Y}.",
        remedy="Let whoever runs the installation look at `tallystick ledger verify` and restore "
        "the database; nothing is signed until then.",
    )
