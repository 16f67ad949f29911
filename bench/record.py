"""`python -m bench.record`: a thousand tamperings of the record by a superuser, resumable; each must be found."""

from __future__ import annotations

import json
from typing import Any

import click

from bench import ground

NAME = "record"
SAVED = 50  # tries after which the results are written


@click.command()
@click.option("--tries", default=1000, show_default=True, help="How many, earlier runs on this commit included.")
def main(tries: int) -> None:
    """Change a record in so many ways, and check each time; what was tried before on this commit is not tried again."""
    with ground.running() as cluster:
        ground.database(cluster, NAME)
        from bench import tampering

        with tampering.as_superuser():
            auditor, agencies = tampering.people()
            tampering.write_record(agencies)
            proof = _kept(cluster)
            heads = tampering.kept_outside()
            for number in range(proof["tries"], tries):
                _note(proof, *tampering.attempt(number, auditor, heads))
                if proof["tries"] % SAVED == 0 or proof["tries"] == tries:
                    proof["false_alarms"] += len(tampering.checked(auditor, heads).faults)
                    ground.keep("tampering", proof)
                    print(f"{proof['tries']} of {tries}: {proof['found']} found where they were made")
    print(f"{proof['tries']} tamperings, {proof['found']} found, {proof['false_alarms']} false alarms")
    if proof["found"] < proof["tries"] or proof["false_alarms"]:
        raise SystemExit(1)


def _note(proof: dict[str, Any], kind: str, found: bool, said: str) -> None:
    each = proof["kinds"].setdefault(kind, {"tried": 0, "found": 0, "said": said})
    each["tried"] += 1
    each["found"] += found
    proof["tries"] += 1
    proof["found"] += found
    if not found:
        proof["missed"].append(f"{proof['tries'] - 1}: {kind}: {said}")


def _kept(cluster: Any) -> dict[str, Any]:
    file = ground.RESULTS / "tampering.json"
    before = json.loads(file.read_text()) if file.exists() else {}
    fresh: dict[str, Any] = {
        "commit": ground.commit(),
        "machine": ground.machine(cluster),
        "proof": "a superuser changes a record; its export is checked with the public key and heads kept outside",
        "tries": 0, "found": 0, "false_alarms": 0, "kinds": {}, "missed": [],
    }  # fmt: skip
    again = before.get("commit") == fresh["commit"] and not fresh["commit"].endswith("+changes")
    return before if again else fresh


if __name__ == "__main__":
    main()
