"""The codebook in the exchange format of programs for qualitative analysis (REFI-QDA codebook 1.0, `.qdc`)."""

from __future__ import annotations

import uuid
from pathlib import Path
from xml.etree import ElementTree

from ..records.load import SEEDS, read
from ..records.schema import Family, Topic

SPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "security-talks-explainer")  # gives a topic the same id in every file


def codebook_qdc(seeds: Path = SEEDS) -> str:
    """Write families as codes that cannot be given, and their topics as codes inside them.

    Raises:
        SeedError: Where a record is faulty.
    """
    codebook = read(seeds).codebook
    root = ElementTree.Element("CodeBook", xmlns="urn:QDA-XML:codebook:1.0", origin="security-talks-explainer")
    codes = ElementTree.SubElement(root, "Codes")
    for family in codebook.families:
        group = _code(codes, family, family.colour, codable=False)
        for topic in codebook.topics:
            if topic.family == family.id:
                code = _code(group, topic, family.colour, codable=True)
                ElementTree.SubElement(code, "Description").text = _described(topic)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _code(parent: ElementTree.Element, record: Family | Topic, colour: str, *, codable: bool) -> ElementTree.Element:
    guid = str(uuid.uuid5(SPACE, f"{type(record).__name__}/{record.id}")).upper()
    about = {"guid": guid, "name": record.name, "isCodable": str(codable).lower(), "color": colour}
    return ElementTree.SubElement(parent, "Code", about)


def _described(topic: Topic) -> str:
    return "\n".join(
        [topic.definition, f"Includes: {topic.includes}", f"Excludes: {topic.excludes}", f"Example: {topic.example}"]
    )
