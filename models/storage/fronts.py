"""The fronts of checkpoints, for whoever may read the process: made like those of papers, so without what is secret.

What the outputs say is read once for the same versions, and told only while their files are there.
"""

from collections.abc import Mapping

from models.papers.material import OutputsMaterial, Setting
from models.papers.package_front import Told, told_by
from models.papers.saying import Saying
from models.papers.texts_package import TEXTS
from models.recent import Recent
from models.storage.outputs_shown import Version, bodies, outputs, said, versions_in
from models.storage.typed import TypedContent

_told: Recent[tuple[object, ...], tuple[frozenset[str], Told]] = Recent(2048)


def told(
    typed: TypedContent,
    setting: Setting,
    phase: str,
    versions: Mapping[str, Version],
    packages: Mapping[str, str],
) -> Told:
    """What those versions say, and the packages that the phase builds on."""
    key = (typed.of_process, phase, setting.language, *sorted(versions.items()), *sorted(packages.items()))
    return typed.once(_told, key, lambda: _read(typed, setting, phase, versions, packages))


def _read(
    typed: TypedContent, setting: Setting, phase: str, versions: Mapping[str, Version], packages: Mapping[str, str]
) -> Told:
    below = (one for _, body in bodies(typed, packages) for one in versions_in(body).values())
    typed.fetch(one.sha256 for one in (*versions.values(), *below))
    found = outputs(typed, setting, phase, versions)
    substance = said(typed, setting, phase, found, packages)
    return told_by(
        OutputsMaterial(setting=setting, outputs=found, substance=substance), Saying(TEXTS, setting.language, {})
    )
