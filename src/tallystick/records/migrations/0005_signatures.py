"""Agreements are drafted, proposed and signed inside; those recorded so far were signed on paper."""

from datetime import UTC, datetime
from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

import tallystick.records.audience

STATES = (
    "draft", "proposed", "signed-by-one", "in-force", "superseded", "withdrawn", "declined",
    "replaced",
)  # fmt: skip
ROLES = (
    "sourcing-lead", "engagement-manager", "service-owner", "executive", "evaluator", "auditor",
    "account-manager", "delivery-lead",
)  # fmt: skip


def in_their_state_since(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """What was recorded is in force since it was recorded."""
    apps.get_model("records", "Agreement").objects.update(state_at=models.F("recorded_at"))


def _key(to: str, related_name: str = "+", *, optional: bool = False) -> Any:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related_name,
        to=to,
        null=optional,
        blank=optional,
    )


def _id() -> list[tuple[str, Any]]:
    return [
        (
            "id",
            models.BigAutoField(
                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
            ),
        ),
        (
            "public_id",
            models.CharField(
                default=tallystick.records.audience.new_public_id,
                editable=False,
                max_length=12,
                unique=True,
            ),
        ),
    ]


AGREEMENT = [
    migrations.AddField("agreement", "accepted_gaps", models.JSONField(blank=True, default=list)),
    migrations.AddField(
        "agreement", "proposed_for", _key("records.organisation", optional=True)
    ),
    migrations.AddField(
        "agreement",
        "state_at",
        models.DateTimeField(default=datetime(1970, 1, 1, tzinfo=UTC)),
        preserve_default=False,
    ),
    migrations.AlterField("agreement", "signed_on", models.DateField(blank=True, null=True)),
    migrations.AlterField(
        "agreement",
        "state",
        models.CharField(choices=[(state, state) for state in STATES], max_length=13),
    ),
    migrations.RunPython(in_their_state_since, migrations.RunPython.noop),
    migrations.AddConstraint(
        "agreement",
        models.UniqueConstraint(
            condition=models.Q(state__in=["proposed", "signed-by-one"]),
            fields=("engagement",),
            name="one_proposal_at_a_time",
        ),
    ),
    migrations.AddConstraint(
        "agreement",
        models.CheckConstraint(condition=~models.Q(state="draft"), name="agreement_is_no_draft"),
    ),
    migrations.AddConstraint(
        "agreement",
        models.CheckConstraint(
            condition=~models.Q(state="in-force") | models.Q(signed_on__isnull=False),
            name="agreement_in_force_was_signed",
        ),
    ),
]

DRAFT = migrations.CreateModel(
    "AgreementDraft",
    [
        *_id(),
        ("engagement", _key("records.engagement", "drafts")),
        ("organisation", _key("records.organisation", "drafts")),
        ("title", models.CharField(max_length=200)),
        ("document", models.JSONField()),
        ("digest", models.CharField(max_length=71)),
        ("drafted_at", models.DateTimeField()),
        ("drafted_by", _key(settings.AUTH_USER_MODEL)),
        ("edited_at", models.DateTimeField()),
        ("edited_by", _key(settings.AUTH_USER_MODEL)),
    ],
    options={
        "abstract": False,
        "indexes": [
            models.Index(
                fields=["organisation", "engagement", "-edited_at"],
                name="records_agr_organis_685fe0_idx",
            )
        ],
    },
)

SIGNATURE = migrations.CreateModel(
    "Signature",
    [
        *_id(),
        ("engagement", _key("records.engagement", "%(class)ss")),
        ("agreement", _key("records.agreement", "signatures")),
        ("organisation", _key("records.organisation")),
        ("signed_by", _key(settings.AUTH_USER_MODEL)),
        ("role", models.CharField(choices=[(role, role) for role in ROLES], max_length=20)),
        ("digest", models.CharField(max_length=71)),
        ("signed_at", models.DateTimeField()),
    ],
    options={
        "abstract": False,
        "constraints": [
            models.UniqueConstraint(
                fields=("agreement", "organisation"), name="a_party_signs_a_version_once"
            )
        ],
    },
)


class Migration(migrations.Migration):
    dependencies = [("records", "0004_shape_of_imports")]
    operations = [*AGREEMENT, DRAFT, SIGNATURE]
