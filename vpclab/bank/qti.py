"""Questions to a QTI 2.1 content package: a zip with one item a file, a test over all of them, a manifest."""

import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from xml.etree.ElementTree import Element
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from vpclab.bank.gift import tags
from vpclab.bank.qti_items import assessment_item, item_name
from vpclab.bank.qti_xml import SCORE, element, file_of, put, root
from vpclab.bank.records import Item
from vpclab.words import Words

MANIFEST, TEST = "imsmanifest.xml", "test.xml"

_PACKAGING = "http://www.imsglobal.org/xsd/imscp_v1p1"
_PACKAGING_SCHEMA = "http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd"
_METADATA = "http://ltsc.ieee.org/xsd/LOM"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The date of every file in the package, so that equal questions make equal packages."""


def write_qti(items: Sequence[Item], titles: Mapping[str, str], t: Words) -> bytes:
    """The questions as a package; `titles` are those of the chapters, which become sections of the test."""
    out = io.BytesIO()
    with ZipFile(out, "w") as package:
        for name, content in files_of(items, titles, t):
            about = ZipInfo(name, date_time=_LONG_AGO)
            about.compress_type = ZIP_DEFLATED
            package.writestr(about, content)
    return out.getvalue()


def files_of(items: Sequence[Item], titles: Mapping[str, str], t: Words) -> Iterator[tuple[str, bytes]]:
    """The files of the package by name, the manifest first."""
    yield MANIFEST, file_of(_manifest(items, t))
    yield TEST, file_of(_test(items, titles, t))
    for item in items:
        yield _file(item), file_of(assessment_item(item, t))


def _file(item: Item) -> str:
    return f"items/{item_name(item)}.xml"


def _test(items: Sequence[Item], titles: Mapping[str, str], t: Words) -> Element:
    """All questions, a section for each chapter; each one is answered, and tells its reasons, on its own."""
    sections = [
        element(
            "assessmentSection",
            *(element("assessmentItemRef", identifier=item_name(item), href=_file(item)) for item in group),
            identifier=f"s-{chapter}",
            title=titles.get(chapter, chapter),
            visible="true",
        )
        for chapter, group in groupby(items, key=lambda item: item.chapter)
    ]
    score = element("outcomeDeclaration", identifier=SCORE, cardinality="single", baseType="float")
    total = element("sum", element("testVariables", variableIdentifier=SCORE))
    return root(
        "assessmentTest",
        score,
        element(
            "testPart",
            element("itemSessionControl", showFeedback="true", maxAttempts="0"),
            *sections,
            identifier="part",
            navigationMode="nonlinear",
            submissionMode="individual",
        ),
        element("outcomeProcessing", put(SCORE, total)),
        identifier="vpc-endpoint-lab",
        title=t("interface.product.name"),
    )


def _manifest(items: Sequence[Item], t: Words) -> Element:
    """What the package holds. What each question is about stands there as keywords."""
    test = element(
        "resource",
        element("file", href=TEST),
        *(element("dependency", identifierref=f"r-{item_name(item)}") for item in items),
        identifier="r-test",
        type="imsqti_test_xmlv2p1",
        href=TEST,
    )
    return root(
        "manifest",
        element(
            "metadata",
            element("schema", "QTIv2.1 Package"),
            element("schemaversion", "1.0.0"),
        ),
        element("organizations"),
        element("resources", test, *(_resource(item, t) for item in items)),
        namespace=_PACKAGING,
        schema=_PACKAGING_SCHEMA,
        identifier=f"vpc-endpoint-lab-{t.language}",
    )


def _resource(item: Item, t: Words) -> Element:
    about = element(
        "lom",
        element(
            "general",
            element("title", element("string", item.id, language="en")),
            element("language", t.language),
            *(element("keyword", element("string", tag, language="en")) for tag in tags(item)),
        ),
        xmlns=_METADATA,
    )
    return element(
        "resource",
        element("metadata", about),
        element("file", href=_file(item)),
        identifier=f"r-{item_name(item)}",
        type="imsqti_item_xmlv2p1",
        href=_file(item),
    )
