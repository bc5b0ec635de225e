"""Write what is inside a version as a bill of materials, CycloneDX 1.6 in JSON (`make sbom`).

Every package of ``requirements.txt`` stands in it, with the hashes it is locked to; the licence and who needs whom
come from what is installed here. A package of another platform has no licence in it, and the end says which.
"""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import metadata
from pathlib import Path

from alembic.script import ScriptDirectory
from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from workshop.store.migrate import config
from workshop.version import VERSION

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "var" / "release"
SCHEMA = "koppelvlak:schema"
"""The property of the whole that says which schema of the database belongs to this version."""


def schema_number() -> str:
    """The number of the newest schema this program knows, such as ``0008``."""
    return str(ScriptDirectory.from_config(config()).get_current_head())


def bill(root: Path = ROOT) -> Bom:
    """The bill of materials of this version, from the two files of requirements in ``root``.

    Raises:
        subprocess.CalledProcessError: the lock could not be read.
    """
    locked = _asked("requirements", str(root / "requirements.txt"))
    in_lock = {_key(component.name, component.version): component for component in locked.components}
    here = _asked("environment", sys.executable)
    installed = {component.bom_ref.value: _key(component.name, component.version) for component in here.components}
    made = Bom(components=locked.components)
    made.metadata.tools = locked.metadata.tools
    made.metadata.component = _whole()
    for component in here.components:
        if twin := in_lock.get(_key(component.name, component.version)):
            twin.licenses = component.licenses or _licence_in_words(component.name)
    for component in locked.components:
        # The lock's own line, which says for which platforms, without its hashes: those have a place of their own.
        component.description = (component.description or "").partition(" --hash")[0].strip()
        component.bom_ref.value = f"{component.name}@{component.version}"
    for dependency in here.dependencies:
        if owner := in_lock.get(installed.get(dependency.ref.value, ("", ""))):
            needs = (in_lock.get(installed.get(ref.value, ("", ""))) for ref in dependency.dependencies_as_bom_refs())
            made.register_dependency(owner, [each for each in needs if each is not None])
    asked = _names_asked_for((root / "requirements.in").read_text(encoding="utf-8"))
    made.register_dependency(
        made.metadata.component, [component for (name, _version), component in in_lock.items() if name in asked]
    )
    return made


def without_licence(made: Bom) -> list[str]:
    """The packages whose licence nothing here says, as ``name==version``."""
    return sorted(f"{component.name}=={component.version}" for component in made.components if not component.licenses)


def as_json(made: Bom) -> str:
    """The bill as CycloneDX 1.6.

    Raises:
        ValueError: it is not valid by the schema of CycloneDX.
    """
    told = JsonV1Dot6(made).output_as_string(indent=2)
    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(told)
    if fault is not None:
        raise ValueError(str(fault))
    return told + "\n"


def write(folder: Path = FOLDER) -> Path:
    """Write the bill into a folder, and say how much is in it. Returns the file."""
    made = bill()
    path = folder / f"koppelvlak-{VERSION}.cdx.json"
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(as_json(made), encoding="utf-8")
    unknown = without_licence(made)
    print(f"{path}: {len(made.components)} packages, valid CycloneDX 1.6")
    print(f"licence not known here: {', '.join(unknown) or 'none'}")
    return path


def _asked(kind: str, what: str) -> Bom:
    told = subprocess.run(
        [sys.executable, "-m", "cyclonedx_py", kind, what, "--no-validate", "--output-reproducible", "--of", "JSON"],
        check=True,
        stdout=subprocess.PIPE,
    ).stdout
    return Bom.from_json(json.loads(told))  # type: ignore[attr-defined, no-any-return]  # made by its serialiser


def _key(name: str, version: str | None) -> tuple[str, str]:
    return canonicalize_name(name), version or ""


def _licence_in_words(name: str) -> list[DisjunctiveLicense]:
    """What an installed package says of its licence in words of its own, where it names none of the known ones."""
    said = str(metadata(name).json.get("license", "")).strip()
    return [LicenseFactory().make_with_name(said)] if said and "\n" not in said else []


def _names_asked_for(requirements: str) -> set[str]:
    lines = (line.partition("#")[0].strip() for line in requirements.splitlines())
    return {canonicalize_name(Requirement(line).name) for line in lines if line}


def _whole() -> Component:
    return Component(
        type=ComponentType.APPLICATION,
        name="koppelvlak",
        version=VERSION,
        bom_ref=f"koppelvlak@{VERSION}",
        licenses=[LicenseFactory().make_with_expression("EUPL-1.2")],
        properties=[Property(name=SCHEMA, value=schema_number())],
    )


if __name__ == "__main__":
    write()
