"""`tallystick check` and `explain`: formats, thresholds, exit status."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from tallystick.cli.main import main

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "engagements"


def check(name: str, *arguments: str) -> Result:
    """Check one of the examples on a fixed day."""
    return CliRunner().invoke(
        main, ["check", str(EXAMPLES / name), "--as-of", "2027-01-15", *arguments]
    )


def test_a_clean_engagement_ends_with_status_0() -> None:
    assert check("clean.yaml").exit_code == 0


def test_a_finding_ends_with_status_1() -> None:
    result = check("seeded-mistakes.yaml")

    assert result.exit_code == 1
    assert "AGR001" in result.stdout


def test_the_threshold_decides_what_counts() -> None:
    everything = check("define-gate.yaml", "--format", "json", "--threshold", "minor")

    assert everything.exit_code == 1
    assert check("clean.yaml", "--threshold", "blocker").exit_code == 0


def test_json_sarif_and_junit_tell_the_same_findings() -> None:
    plain = json.loads(check("seeded-mistakes.yaml", "--format", "json").stdout)
    sarif = json.loads(check("seeded-mistakes.yaml", "--format", "sarif").stdout)
    junit = ElementTree.fromstring(check("seeded-mistakes.yaml", "--format", "junit").stdout)  # noqa: S314  (our own output)

    codes = sorted(finding["code"] for finding in plain["findings"])
    assert sorted(result["ruleId"] for result in sarif["runs"][0]["results"]) == codes
    assert junit.iter("failure")
    assert sum(1 for _ in junit.iter("failure")) > 0


def test_a_misspelt_key_is_refused_with_a_guess(tmp_path: Path) -> None:
    path = tmp_path / "engagement.yaml"
    path.write_text("engagement: 1\nid: x\nname: X\nstagee: define\n", encoding="utf-8")

    result = CliRunner().invoke(main, ["check", str(path)])

    assert result.exit_code == 2
    assert "stagee" in result.stderr
    assert "stage" in result.stderr


def test_a_policy_of_one_s_own_moves_a_threshold(tmp_path: Path) -> None:
    path = tmp_path / "policy.yaml"
    path.write_text("acknowledgement_working_dys: 3\n", encoding="utf-8")

    result = check("clean.yaml", "--policy", str(path))

    assert result.exit_code == 2
    assert "acknowledgement_working_days" in result.stderr


def test_explain_says_why_and_what_to_do() -> None:
    result = CliRunner().invoke(main, ["explain", "obj001"])

    assert result.exit_code == 0
    assert "Why:" in result.stdout
    assert "What to do:" in result.stdout


def test_explain_lists_every_code_as_json() -> None:
    result = CliRunner().invoke(main, ["explain", "--list", "--format", "json"])

    codes = [each["code"] for each in json.loads(result.stdout)]
    assert "LES001" in codes
    assert codes == sorted(codes)


def test_an_unknown_code_is_refused() -> None:
    result = CliRunner().invoke(main, ["explain", "XYZ999"])

    assert result.exit_code == 2
    assert "guardrail.unknown-code" in result.stderr


@pytest.mark.parametrize("form", ["text", "json", "sarif", "junit"])
def test_every_format_is_written_for_a_clean_engagement(form: str) -> None:
    assert check("clean.yaml", "--format", form).stdout.strip()


WAIVED = """
waivers:
  - {code: LES001, reason: The bank decides in March., approver: Ada, expires_on: 2027-03-31}
"""


def check_waived(tmp_path: Path, as_of: str, waivers: str = WAIVED) -> Result:
    """Check the example whose gate one lesson keeps shut, with a waiver in the file."""
    path = tmp_path / "engagement.yaml"
    text = (EXAMPLES / "define-gate.yaml").read_text(encoding="utf-8")
    path.write_text(text + waivers, encoding="utf-8")
    return CliRunner().invoke(main, ["check", str(path), "--as-of", as_of])


def test_a_waived_finding_does_not_count(tmp_path: Path) -> None:
    result = check_waived(tmp_path, "2027-03-31")

    assert result.exit_code == 0
    assert "LES001 waived until 2027-03-31: The bank decides in March." in result.stdout
    assert "\n1 finding: 1 waived; the define gate is open.\n" in result.stdout


def test_a_waived_finding_counts_again_once_the_waiver_has_ended(tmp_path: Path) -> None:
    result = check_waived(tmp_path, "2027-04-01")

    assert result.exit_code == 1
    assert "The waiver of LES001 ended on 2027-03-31" in result.stdout
    assert "\n2 findings: 1 blocker, 1 minor; the define gate is shut.\n" in result.stdout


def test_a_waiver_without_an_end_is_refused(tmp_path: Path) -> None:
    endless = "\nwaivers:\n  - {code: LES001, reason: For good., approver: Ada}\n"

    result = check_waived(tmp_path, "2027-03-31", endless)

    assert result.exit_code == 2
    assert "'expires_on' is missing" in result.stderr
    assert "waivers[0].expires_on" in result.stderr
