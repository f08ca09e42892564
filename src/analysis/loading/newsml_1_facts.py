"""What a NewsML 1 item states about a story: from its envelope, its item and its components."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from analysis.loading.wire_parties import Party, agency_of
from analysis.loading.wire_story import Story
from analysis.loading.wire_values import WireValues, read_time
from analysis.loading.xml_tree import (
    attribute,
    attribute_at,
    find,
    find_all,
    language_tag,
    local_name,
    text_at,
    text_of,
)

_IDENTIFIER = "Identification/NewsIdentifier"
_VERSION_END = re.compile(r":\d+[NUA]?$")


def read_facts(
    envelope: Any, item: Any, component: Any, content: Any, story: Story, values: WireValues
) -> None:
    """Add to `story` what the item and the components around `content` state.

    A component's own lines come before those of the components around it.
    """
    around = [each for each in content.iterancestors() if local_name(each) == "newscomponent"]
    _read_identity(item, story, values)
    _read_management(envelope, item, story, values)
    _read_lines(around, story)
    story.headline = story.headline or text_at(item, "Identification/NameLabel")
    story.slug = story.slug or text_at(item, "Identification/NameLabel")
    story.language = _language(item, around)
    if component is not item and _is_one_of_several(item, component) and story.language:
        # Translations share the item's identifier: the language keeps them apart.
        story.dispatch_id = f"{story.dispatch_id}:{story.language}" if story.dispatch_id else None
    story.writers = list(_writers(envelope, item, around))


def _is_one_of_several(item: Any, component: Any) -> bool:
    parent = component.getparent()
    same = [
        each for each in find_all(parent, "NewsComponent") if text_at(each, "NewsLines/HeadLine")
    ]
    return len(same) > 1


def _read_identity(item: Any, story: Story, values: WireValues) -> None:
    """The public identifier names the dispatch, and without the revision at its end the story."""
    identifier = find(item, _IDENTIFIER)
    if identifier is None:
        return
    revision = text_at(identifier, "RevisionId")
    story.version = values.version(revision)
    public = text_at(identifier, "PublicIdentifier")
    parts = [text_at(identifier, name) for name in ("ProviderId", "DateId", "NewsItemId")]
    made = ":".join(part for part in parts if part) or None
    story.story_id = _VERSION_END.sub("", public) if public else made
    story.dispatch_id = public or (f"{made}:{revision}" if made and revision else made)


def _read_management(envelope: Any, item: Any, story: Story, values: WireValues) -> None:
    management = find(item, "NewsManagement")
    stated = []
    if management is not None:
        for name in ("ThisRevisionCreated", "FirstCreated"):
            stated.append((text_at(management, name), name))
        story.status = values.status(attribute_at(management, "Status", "FormalName"))
        story.urgency = values.urgency(attribute_at(management, "Urgency", "FormalName"))
        _read_embargo(management, story, values)
        instructions = find_all(management, "Instruction")
        corrects = any(
            "correct" in (attribute(i, "FormalName") or "").lower() for i in instructions
        )
        if corrects and story.status in (None, "usable"):
            story.status = "corrected"
    stated.append((text_at(item, f"{_IDENTIFIER}/DateId"), "DateId"))
    stated.append((text_at(envelope, "DateAndTime"), "NewsEnvelope DateAndTime"))
    story.published = values.first_time(stated)


def _read_embargo(management: Any, story: Story, values: WireValues) -> None:
    """An embargo ends when the status is said to become usable."""
    for change in find_all(management, "StatusWillChange"):
        future = attribute_at(change, "FutureStatus", "FormalName") or ""
        if future.lower() == "usable":
            time = text_at(change, "DateAndTime")
            story.embargo_until = values.embargo(time, "StatusWillChange DateAndTime")


def _read_lines(around: list[Any], story: Story) -> None:
    for component in around:
        lines = find(component, "NewsLines")
        if lines is not None:
            story.headline = story.headline or text_at(lines, "HeadLine")
            story.byline = story.byline or text_at(lines, "ByLine")
            story.dateline = story.dateline or text_at(lines, "DateLine")
            story.slug = story.slug or text_at(lines, "SlugLine")
        day = text_at(component, "DescriptiveMetadata/DateLineDate")
        written = re.match(r"\d{4}-?\d\d-?\d\d", day or "")
        time = read_time(written[0], "DateLineDate") if written else None
        if time and story.dateline_day is None:
            story.dateline_day = time.published.at.date()
            story.dateline_day_evidence = "DateLineDate"
        for location in find_all(component, "DescriptiveMetadata/Location"):
            if (attribute(location, "HowPresent") or "").lower() == "origin":
                story.located = story.located or _city(location)


def _city(location: Any) -> str | None:
    for each in find_all(location, "Property"):
        if (attribute(each, "FormalName") or "").lower() == "city":
            return attribute(each, "Value")
    return None


def _language(item: Any, around: list[Any]) -> str | None:
    for component in around:
        stated = attribute_at(component, "DescriptiveMetadata/Language", "FormalName")
        headline = attribute_at(component, "NewsLines/HeadLine", "lang")
        for text in (stated, headline, attribute(component, "lang")):
            if tag := language_tag(text):
                return tag.lower() if len(tag) == 2 else tag
    return language_tag(attribute(item, "lang"))


def _writers(envelope: Any, item: Any, around: list[Any]) -> Iterator[Party]:
    for name in ("Provider", "Source"):
        for component in around:
            for party in find_all(component, f"AdministrativeMetadata/{name}/Party"):
                if (form := attribute(party, "FormalName")) and _speaks(name, form):
                    yield [form]
    for component in around:
        for credit in find_all(component, "NewsLines/CreditLine"):
            if text := text_of(credit):
                yield [text]
    for text in (
        attribute_at(envelope, "SentFrom/Party", "FormalName"),
        attribute_at(envelope, "NewsService", "FormalName"),
        text_at(item, f"{_IDENTIFIER}/ProviderId"),
    ):
        if text:
            yield [text]


def _speaks(name: str, form: str) -> bool:
    # A source is whom the news is from, which may be a company: it counts as an agency only.
    return name == "Provider" or agency_of(form) is not None
