"""The same verbs on PostgreSQL."""


def test_a_process_is_carried_to_a_passed_checkpoint_on_postgresql(postgresql_town, document) -> None:
    etappi, process = postgresql_town, "kylakoulut"
    roles = ["--role", "preparer=preparer", "--role", "owner=owner"]
    etappi("create", process, "--start", "2026", *roles, as_="coordinator")
    etappi("open", process, "1", "--as", "coordinator@kyla.fi")
    etappi("draft", "save", process, "1", "koulumatkaselvitys", document("Matka kestää tunnin."), as_="owner")
    etappi("submit", process, "1", as_="owner")
    assert len(etappi("inbox", "--json", as_="teacher").json["waiting"]) == 1
    for person in ("parent", "villager", "teacher", "specialist"):
        etappi("stance", process, "1", "--accept", as_=person)
    etappi("opportunity", process, "1", "oppilaat", "--how", "Kokous", as_="coordinator")
    etappi("assess", process, "1", "selkea", "--holds", as_="coordinator")
    etappi("pass", process, "1", as_="preparer")
    told = etappi("status", process, "--json", as_="coordinator").json
    assert [one["status"] for one in told["phases"]] == ["passed", "ready"]
    assert "holds; when the phase passed" in etappi("show", process, "1", as_="coordinator").text
    assert len(etappi("record", process, "--json", as_="coordinator").json["happened"]) == 10
    etappi("redact", process, "--value", "c1:0", "--ground", "x", as_="protection", code=2)
    etappi("retry")
    etappi("rebuild", "--yes")
    etappi("verify")
