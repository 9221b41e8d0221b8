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
        "One row per claim and `actor` it concerns, as in `explore claims --about`.",
        """\
SELECT claim_about.actor, claims.*
FROM claim_about JOIN claims ON claims.id = claim_about.claim""",
    ),
    View(
        "claims_by",
        "One row per claim and `actor` who says it, as in `explore claims --by`.",
        """\
SELECT claim_speakers.actor, claims.*
FROM claim_speakers JOIN claims ON claims.id = claim_speakers.claim""",
    ),
    View(
        "claims_on",
        "One row per claim and `topic`, as in `explore claims --topic`.",
        """\
SELECT claim_topics.topic, claims.*
FROM claim_topics JOIN claims ON claims.id = claim_topics.claim""",
    ),
    View(
        "disputed_claims",
        "Claims that another claim disputes, as in `explore claims --disputed`.",
        """\
SELECT * FROM claims
WHERE id IN (SELECT target FROM links WHERE type = 'disputes')""",
    ),
    View(
        "disputes",
        "Claims beside the claims they dispute, with who makes each.",
        _LINKED.format(type="disputes", more=""),
    ),
    View(
        "responses",
        "Responses beside the claims they respond to, as in `explore responses`.",
        _LINKED.format(type="responds_to", more="claims.instrument, claims.status,\n    "),
    ),
    View(
        "unanswered_threats",
        "Threats that no claim responds to, as in `explore responses --unanswered`.",
        """\
SELECT * FROM claims
WHERE role = 'threat' AND id NOT IN (SELECT target FROM links WHERE type = 'responds_to')""",
    ),
    View(
        "events",
        "Dated claims of fact, as in `explore timeline`; sort by `first_day, n`.",
        "SELECT * FROM claims WHERE kind = 'fact' AND first_day IS NOT NULL",
    ),
    View(
        "topics",
        "Topics with their number of claims, as in `explore topics`.",
        "SELECT topic, count(*) AS claims FROM claim_topics GROUP BY topic",
    ),
    View(
        "speakers",
        "Actors with the number of claims they make, as in `explore stats`.",
        "SELECT actor, count(*) AS claims FROM claim_speakers GROUP BY actor",
    ),
    View(
        "bibliography",
        "The main fields of each source, with the number of claims that cite it.",
        """\
SELECT id, type, title, author, container_title, issued, publisher, "URL",
    (SELECT count(*) FROM claims WHERE claims.source = sources.id) AS claims
FROM sources""",
    ),
)
