"""Write ``docs/exports-schema.json``: the definition of the JSON download, for other systems.

python -m tools.exports_schema
"""

from __future__ import annotations

import json
from pathlib import Path

from workshop.exports.json_file import schema

PUBLISHED = Path(__file__).resolve().parents[1] / "docs" / "exports-schema.json"


def main() -> None:
    PUBLISHED.write_text(json.dumps(schema(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"written: {PUBLISHED.name}")


if __name__ == "__main__":
    main()
