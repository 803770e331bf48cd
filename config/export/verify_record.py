"""Verifies an exported process record without Etappi: `python3 verify_record.py` in the unpacked folder (Python 3.9+).

It checks that the events are one unbroken chain, that every package, manifest, version and file named in it has the bytes
it was named for, and that every personal value in the export is the one the record committed to. It says what it checked
and what does not hold, and ends with 0 or 1. Compare the last hash with one that reached you another way.
"""

import hashlib
import json
import pathlib
import re
import sys
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
COMMITMENT = re.compile(r"c1:[0-9a-f]{64}")


def sha256(data):
    return hashlib.sha256(data if isinstance(data, bytes) else data.encode("utf-8")).hexdigest()


def read_chain(problems):
    events, previous = [], None
    lines = (HERE / "record.jsonl").read_text(encoding="utf-8").split("\n")
    for number, line in enumerate((line for line in lines if line), start=1):
        event = json.loads(line)
        if event["seq"] != number or event["prev"] != previous:
            problems.append(f"event {number} does not follow the one before it")
        previous = sha256(line)
        events.append(event)
    about = json.loads((HERE / "about.json").read_text(encoding="utf-8"))
    if about["events"] != len(events) or about["head"] != previous:
        problems.append("the record does not end with the event that about.json names")
    return events, previous, about


def check_texts(folder, problems):
    texts = {}
    for path in sorted((HERE / folder).glob("*.json")):
        text = path.read_text(encoding="utf-8")
        if sha256(text) != path.stem:
            problems.append(f"{folder}/{path.name} has other bytes than it was named for")
        texts[path.stem] = json.loads(text)
    return texts


def check_named(events, texts, covered, edition, problems):
    for event in events:
        data, where = event["data"], f"event {event['seq']}"
        if event["type"] in ("OutputsSubmitted", "OutputRevised") and data["manifest"] not in texts["manifests"]:
            problems.append(f"{where}: the manifest {data['manifest'][:12]} is missing")
        if event["type"] == "CheckpointPassed" and data["package"] not in texts["packages"]:
            problems.append(f"{where}: the package {data['package'][:12]} is missing")
    named = set()
    for version in texts["versions"].values():
        named |= {version["document"], *(attachment["sha256"] for attachment in version["attachments"])}
    left_out = 0
    for name in sorted(named):
        path = HERE / "files" / name
        if path.exists():
            if sha256(path.read_bytes()) != name:
                problems.append(f"files/{name} has other bytes than it was named for")
        elif name in covered or edition == "public":
            left_out += 1
        else:
            problems.append(f"files/{name} is missing, and no redaction names it")
    return len(named) - left_out, left_out


def check_personal(events, covered, edition, problems):
    kept = json.loads((HERE / "personal.json").read_text(encoding="utf-8"))
    used = set()
    for event in events:
        used |= set(COMMITMENT.findall(json.dumps(event)))
    for commitment, (salt, value) in kept.items():
        if "c1:" + sha256(f"{salt}:{unicodedata.normalize('NFC', value)}") != commitment:
            problems.append(f"the personal value {commitment[3:15]} is not the one that was committed to")
    missing = used - set(kept) - covered
    if missing and edition == "full":
        problems.append(f"{len(missing)} personal values are missing, and no redaction names them")
    return len(kept), len(used & covered), len(missing)


def main():
    problems = []
    events, head, about = read_chain(problems)
    edition = about["edition"]
    covered = set()
    for event in events:
        if event["type"] == "Redacted":
            covered |= {*event["data"]["commitments"], *event["data"]["files"]}
    texts = {folder: check_texts(folder, problems) for folder in ("manifests", "packages", "versions")}
    files, left_out = check_named(events, texts, covered, edition, problems)
    values, redacted, withheld = check_personal(events, covered, edition, problems)
    print(f"{about['process']}: {len(events)} events, {len(texts['packages'])} packages, {files} files, {values} personal values")
    if redacted:
        print(f"peitetty: {redacted} values were redacted")
    if left_out or withheld:
        print(f"not in this edition: {left_out} files, {withheld} personal values; the record holds their hashes")
    for problem in problems:
        print(f"DOES NOT HOLD: {problem}")
    print(f"{'holds' if not problems else 'does not hold'}; last hash {head}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
