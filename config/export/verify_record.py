"""Verifies an exported process record without Etappi: `python3 verify_record.py [ANCHOR]` in the unpacked folder.

Python 3.9 or later is all it needs. It checks that the events are one unbroken chain; that the definition, every
package, manifest, version and file named in it has the bytes it was named for; and that every personal value is the one
the record committed to. Of events that are not in the public edition the hashes are held against their neighbours, and
against an anchor. It says what it checked and what does not hold, and ends with 0 or 1. An anchor,
"process:number:hash", is a hash of the record that reached you another way: nothing but one shows that the whole record
was not written anew.
"""

# ruff: noqa: T201 (it speaks to whoever runs it)

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


def read(name):
    return (HERE / name).read_bytes().decode("utf-8")


class Check:
    """What has been read so far, and what does not hold."""

    def __init__(self):
        self.problems = []
        self.events = []
        self.hashes = []
        self.texts = {}
        self.covered = set()
        self.named_files = set()
        self.left_out = 0
        self.about = json.loads(read("about.json"))
        self.public = self.about["edition"] == "public"

    def wrong(self, sentence):
        self.problems.append(sentence)

    # --- the chain ------------------------------------------------------------------------------------------------

    def chain(self):
        previous = None
        for number, line in enumerate(read("record.jsonl").rstrip("\n").split("\n"), start=1):
            event = json.loads(line)
            if "withheld" in event and self.public and event["seq"] == number:
                previous = event["withheld"]
                self.hashes.append(previous)
                continue
            place = (event["record"], event["municipality"], event["id"], event["seq"], event["prev"])
            if place != ("process", self.about["municipality"], self.about["process"], number, previous):
                self.wrong(f"event {number} does not follow the one before it")
            previous = sha256(line)
            self.hashes.append(previous)
            self.events.append(event)
            if event["type"] == "Redacted":
                self.covered |= {*event["data"]["commitments"], *event["data"]["files"]}
        if (self.about["events"], self.about["head"]) != (len(self.hashes), previous):
            self.wrong("the record does not end with the event that about.json names")

    def anchor(self, words):
        record, number, digits = words.rsplit(":", 2)
        known = self.hashes[int(number) - 1] if number.isdigit() and 0 < int(number) <= len(self.hashes) else ""
        if record.split("/")[-1] != self.about["process"] or len(digits) < 12 or not known.startswith(digits):
            self.wrong(f"the record is not the one that the anchor {words} names")

    # --- texts and files ------------------------------------------------------------------------------------------

    def folder(self, name):
        self.texts[name] = {}
        for path in sorted((HERE / name).glob("*.json")):
            text = read(f"{name}/{path.name}")
            if sha256(text) != path.stem:
                self.wrong(f"{name}/{path.name} has other bytes than it was named for")
            else:
                self.texts[name][path.stem] = json.loads(text)

    def text(self, folder, name, where):
        if name in self.texts[folder]:
            return
        if folder == "versions" and self.public:
            self.left_out += 1
        else:
            self.wrong(f"{where}: {folder}/{name}.json is missing")

    def named(self):
        package, versions = None, {}
        for event in self.events:
            data, where = event["data"], f"event {event['seq']}"
            if event["type"] == "ProcessCreated" and sha256(read("definition.json")) != data["definition"]:
                self.wrong("definition.json is not the definition that the process was created with")
            if event["type"] in ("OutputsSubmitted", "OutputRevised"):
                self.text("manifests", data["manifest"], where)
                found = data["versions"].values() if "versions" in data else [data["version"]]
                versions.update({version["sha256"]: where for version in found})
            if event["type"] == "CheckpointPassed":
                self.text("packages", data["package"], where)
                if data["previous"] != package:
                    self.wrong(f"{where}: its package does not follow the one locked before it")
                package = data["package"]
            if event["type"] == "RenditionRecorded":
                self.named_files.add(data["sha256"])
            if event["type"] in ("HandlingRecorded", "DecidedTextRecorded"):
                self.named_files.update(data["decided"].values())
            if (data.get("setting_up") or {}).get("document"):
                self.named_files.add(data["setting_up"]["document"])
        for name, where in versions.items():
            self.text("versions", name, where)
        for version in self.texts["versions"].values():
            self.named_files |= {version["document"], *(one["sha256"] for one in version["attachments"])}

    def files(self):
        there = {path.name for path in (HERE / "files").glob("*")}
        listed = {entry["sha256"] for entry in json.loads(read("files.json"))}
        for name in sorted(there):
            if sha256((HERE / "files" / name).read_bytes()) != name:
                self.wrong(f"files/{name} has other bytes than it was named for")
            if name not in self.named_files | listed:
                self.wrong(f"files/{name} is named nowhere")
            if name in self.covered:
                self.wrong(f"files/{name} was redacted and is here")
        for name in sorted(listed - there):
            self.wrong(f"files/{name} is missing")
        for name in sorted(there - listed):
            self.wrong(f"files.json does not list files/{name}")
        withheld = self.named_files - listed - self.covered
        if self.public:
            self.left_out += len(withheld)
        else:
            for name in sorted(withheld):
                self.wrong(f"files/{name} is missing, and no redaction names it")
        return len(there), len(self.named_files & self.covered - there)

    # --- personal values ------------------------------------------------------------------------------------------

    def personal(self):
        kept = json.loads(read("personal.json"))
        used = set(COMMITMENT.findall(read("record.jsonl")))
        for commitment, (salt, value) in kept.items():
            if "c1:" + sha256(f"{salt}:{unicodedata.normalize('NFC', value)}") != commitment:
                self.wrong(f"the personal value {commitment[3:15]} is not the one that was committed to")
            if commitment not in used:
                self.wrong(f"the personal value {commitment[3:15]} is named nowhere in the record")
            if commitment in self.covered:
                self.wrong(f"the personal value {commitment[3:15]} was redacted and is here")
        missing = used - set(kept) - self.covered
        if missing and not self.public:
            self.wrong(f"{len(missing)} personal values are missing, and no redaction names them")
        return len(kept), len(used & self.covered), len(missing)


def main():
    check = Check()
    check.chain()
    for words in sys.argv[1:]:
        check.anchor(words)
    for folder in ("packages", "manifests", "versions"):
        check.folder(folder)
    check.named()
    files, covered_files = check.files()
    values, covered, withheld = check.personal()
    about = check.about
    print(f"{about['process']}, {about['edition']} edition of {about['exported_at']}: {len(check.hashes)} events,")
    print(f"{len(check.texts['packages'])} packages, {files} files, {values} personal values")
    if covered or covered_files:
        print(f"peitetty: {covered} personal values and {covered_files} files were redacted")
    if check.public:
        events = len(check.hashes) - len(check.events)
        print(f"not in this edition: {events} events that tell what single members said, {check.left_out} versions and")
        print(f"files, {withheld} personal values; all are known by their hashes")
    for problem in check.problems:
        print(f"DOES NOT HOLD: {problem}")
    last = f"{about['process']}:{len(check.hashes)}:{check.hashes[-1] if check.hashes else None}"
    print(f"{'holds' if not check.problems else 'does not hold'}; its anchor is {last}")
    return 1 if check.problems else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"DOES NOT HOLD: the export cannot be read: {type(error).__name__}: {error}")
        sys.exit(1)
