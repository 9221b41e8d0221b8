"""Linked data: schema.org claims with who makes them, where, and how they link.

Sources: schema.org (Claim), CiTO for links, the Web Annotation vocabulary for quotes, PROV-O for
attribution. Ids are fragments, so a record's address is that of the file, `#` and its id.
"""

import json
from collections.abc import Iterator
from typing import Any

from explore.escaping import json_safe
from explore.exporting import Options
from explore.index.queries import Index
from explore.model.citation import issued, place
from explore.model.links import LINKS, link_note, link_target
from explore.model.records import Record, tie_target

Node = dict[str, Any]

_CONTEXT = {
    "schema": "https://schema.org/",
    "dcterms": "http://purl.org/dc/terms/",
    "cito": "http://purl.org/spar/cito/",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
_LINKS = {
    "supports": "cito:supports",
    "disputes": "cito:disputes",
    "qualifies": "cito:qualifies",
    "background_to": "cito:givesBackgroundTo",
    "responds_to": "cito:repliesTo",
}
_ACTORS = {
    "person": ["schema:Person", "prov:Person"],
    "state": ["schema:Country", "prov:Organization"],
}
_ORGANIZATION = ["schema:Organization", "prov:Organization"]
_NAME = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
_SOURCES = {
    "article-newspaper": "schema:NewsArticle",
    "article-journal": "schema:ScholarlyArticle",
    "article-magazine": "schema:Article",
    "article": "schema:Article",
    "book": "schema:Book",
    "chapter": "schema:Chapter",
    "report": "schema:Report",
    "thesis": "schema:Thesis",
    "webpage": "schema:WebPage",
    "post-weblog": "schema:BlogPosting",
    "dataset": "schema:Dataset",
    "legislation": "schema:Legislation",
}


def write(index: Index, options: Options) -> Iterator[str]:
    """Yield one document with a node for each record, quote and noted link."""
    del options
    yield f'{{"@context": {_written(_CONTEXT)},\n"@graph": [\n'
    yield _written(_corpus(index))
    for node in _nodes(index):
        yield ",\n" + _written({name: value for name, value in node.items() if value})
    yield "\n]}\n"


def _written(value: Any) -> str:
    return json_safe(json.dumps(value, ensure_ascii=False))


def _corpus(index: Index) -> Node:
    info = index.info()
    found = {
        "@id": "#",
        "@type": "schema:Dataset",
        "schema:name": index.title(),
        "schema:description": info.get("description"),
        "schema:license": info.get("license"),
        "schema:inLanguage": info.get("language"),
        "schema:dateModified": info.get("as_of"),
        "schema:creator": info.get("curators"),
    }
    return {name: value for name, value in found.items() if value}


def _nodes(index: Index) -> Iterator[Node]:
    for actor in index.stored("actor"):
        yield _actor(actor)
    for source in index.stored("source"):
        yield _source(source)
    for claim in index.stored("claim"):
        yield _claim(claim, index.said(claim))
        yield from _beside(claim)


def _refs(ids: list[str]) -> list[Node]:
    return [{"@id": f"#{name}"} for name in ids]


def _actor(actor: Record) -> Node:
    wikidata = actor.get("wikidata")
    return {
        "@id": f"#{actor['id']}",
        "@type": _ACTORS.get(actor["kind"], _ORGANIZATION),
        "schema:name": actor["name"],
        "schema:alternateName": [*filter(None, [actor.get("short")]), *actor.get("aliases", [])],
        "schema:additionalType": actor["kind"],
        "schema:description": actor.get("description"),
        "schema:foundingDate": actor.get("date"),
        "schema:memberOf": _refs([*map(tie_target, actor.get("member_of", []))]),
        "dcterms:relation": _refs([*map(tie_target, actor.get("partner_of", []))]),
        "schema:hasOccupation": [*map(_office, actor.get("offices", []))],
        "dcterms:replaces": actor.get("former_ids"),
        "schema:sameAs": wikidata and {"@id": f"http://www.wikidata.org/entity/{wikidata}"},
        "schema:citation": _refs([citation["source"] for citation in actor.get("sources", [])]),
    }


def _office(office: Record) -> Node:
    found = {
        "@type": "schema:Role",
        "schema:roleName": office["title"],
        "schema:memberOf": {"@id": f"#{office['of']}"} if "of" in office else None,
        "schema:startDate": office.get("since"),
        "schema:endDate": office.get("until"),
        "schema:citation": {"@id": f"#{office['source']}"} if "source" in office else None,
    }
    return {name: value for name, value in found.items() if value}


def _source(source: Record) -> Node:
    return {
        "@id": f"#{source['id']}",
        "@type": _SOURCES.get(source["type"], "schema:CreativeWork"),
        "schema:name": source["title"],
        "schema:author": [
            {"@type": "schema:Thing", "schema:name": _name(name)}
            for name in source.get("author", [])
        ],
        "schema:datePublished": issued(source),
        "schema:publisher": source.get("publisher"),
        "schema:isPartOf": _whole(source.get("container-title")),
        "schema:inLanguage": source.get("language"),
        "schema:url": source.get("URL"),
        "schema:identifier": source.get("DOI"),
    }


def _name(name: dict[str, str]) -> str:
    return name.get("literal") or " ".join(name[part] for part in _NAME if name.get(part))


def _whole(title: str | None) -> Node | None:
    return {"@type": "schema:CreativeWork", "schema:name": title} if title else None


def _claim(claim: Record, said: str | None) -> Node:
    speakers = _refs(claim["by"])
    links = {
        predicate: _refs([link_target(link) for link in claim.get(kind, [])])
        for kind, predicate in _LINKS.items()
    }
    return {
        "@id": f"#{claim['id']}",
        "@type": ["schema:Claim", "prov:Entity"],
        "schema:text": claim["text"],
        "schema:author": speakers,
        "prov:wasAttributedTo": speakers,
        "schema:about": _refs(claim["about"]),
        "schema:keywords": claim.get("topics"),
        "schema:additionalType": [*filter(None, (claim["kind"], claim.get("role")))],
        "schema:appearance": {"@id": f"#{claim['source']}"},
        "schema:citation": {"@id": f"#{claim.get('via', claim['source'])}"},
        "schema:datePublished": said,
        "schema:temporalCoverage": claim.get("date"),
        "schema:creativeWorkStatus": claim.get("status"),
        "dcterms:replaces": claim.get("former_ids"),
        **links,
    }


def _beside(claim: Record) -> Iterator[Node]:
    """Yield the quote as the place in the source that it is, and why links hold."""
    target = {"@type": "oa:SpecificResource", "oa:hasSource": {"@id": f"#{claim['source']}"}}
    selectors: list[Node] = []
    if "quote" in claim:
        selectors.append({"@type": "oa:TextQuoteSelector", "oa:exact": claim["quote"]})
    if "locator" in claim:
        where = {"@type": "oa:Selector", "rdf:value": place(claim["locator"])}
        selectors.append(where)
    if selectors:
        yield {
            "@id": f"#{claim['id']}.place",
            "@type": "oa:Annotation",
            "oa:motivatedBy": {"@id": "oa:identifying"},
            "oa:hasBody": {"@id": f"#{claim['id']}"},
            "oa:hasTarget": target | {"oa:hasSelector": selectors},
        }
    for kind in LINKS:
        for number, link in enumerate(claim.get(kind, [])):
            note = link_note(link)
            if note:
                yield {
                    "@id": f"#{claim['id']}.{kind}.{number}",
                    "@type": "oa:Annotation",
                    "oa:motivatedBy": {"@id": "oa:linking"},
                    "oa:hasBody": {"@type": "oa:TextualBody", "rdf:value": note},
                    "oa:hasTarget": _refs([claim["id"], link_target(link)]),
                }
