"""Views over the tables that mean what the commands' filters mean, in standard SQL.

SQLite, DuckDB, Trino and Spark (with `spark.sql.ansi.doubleQuotedIdentifiers`) all take it.
"""

from typing import NamedTuple


class View(NamedTuple):
    """A view: its name, what a row is, and the query."""

    name: str
    doc: str
    sql: str


# Both ends of a link, with who says each: no claim stands without its speaker.
_LINKED = """\
SELECT links.claim, claims.text, claims."by", claims.subject, {more}links.target,
    other.text AS target_text, other."by" AS target_by, links.note
FROM links
JOIN claims ON claims.id = links.claim
JOIN claims AS other ON other.id = links.target
WHERE links.type = '{type}'"""

VIEWS = (
    View(
        "claims_about",
        "A claim and one `actor` that it concerns, as in `explore claims --about`.",
        """\
SELECT claim_about.actor, claims.*
FROM claim_about JOIN claims ON claims.id = claim_about.claim""",
    ),
    View(
        "claims_by",
        "A claim and one `actor` who says it, as in `explore claims --by`.",
        """\
SELECT claim_speakers.actor, claims.*
FROM claim_speakers JOIN claims ON claims.id = claim_speakers.claim""",
    ),
    View(
        "claims_on",
        "A claim and one `topic` of it, as in `explore claims --topic`.",
        """\
SELECT claim_topics.topic, claims.*
FROM claim_topics JOIN claims ON claims.id = claim_topics.claim""",
    ),
    View(
        "disputed_claims",
        "A claim that another disputes, as in `explore claims --disputed`.",
        """\
SELECT * FROM claims
WHERE id IN (SELECT target FROM links WHERE type = 'disputes')""",
    ),
    View(
        "disputes",
        "A claim beside one that it disputes, and who says each.",
        _LINKED.format(type="disputes", more=""),
    ),
    View(
        "responses",
        "A response beside a claim that it answers, as in `explore responses`.",
        _LINKED.format(type="responds_to", more="claims.instrument, claims.status,\n    "),
    ),
    View(
        "unanswered_threats",
        "A threat that no claim answers, as in `explore responses --unanswered`.",
        """\
SELECT * FROM claims
WHERE role = 'threat' AND id NOT IN (SELECT target FROM links WHERE type = 'responds_to')""",
    ),
    View(
        "events",
        "A dated claim of fact, as in `explore timeline`; sort by `first_day, n`.",
        "SELECT * FROM claims WHERE kind = 'fact' AND first_day IS NOT NULL",
    ),
    View(
        "topics",
        "A topic with its number of claims, as in `explore topics`.",
        "SELECT topic, count(*) AS claims FROM claim_topics GROUP BY topic",
    ),
    View(
        "speakers",
        "An actor with the number of claims that it makes, as in `explore stats`.",
        "SELECT actor, count(*) AS claims FROM claim_speakers GROUP BY actor",
    ),
    View(
        "bibliography",
        "A source by its main fields, with the number of claims that cite it.",
        """\
SELECT id, type, title, author, container_title, issued, publisher, "URL",
    (SELECT count(*) FROM claims WHERE claims.source = sources.id) AS claims
FROM sources""",
    ),
)
