"""The tables of the index. `n` numbers records in the order of the files."""

VERSION = 1

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE record (n INTEGER PRIMARY KEY, id TEXT UNIQUE, type TEXT, json TEXT);
CREATE TABLE actor (n INTEGER PRIMARY KEY, id TEXT, name TEXT, short TEXT, kind TEXT);
CREATE TABLE source (n INTEGER PRIMARY KEY, id TEXT);
CREATE TABLE claim (
    n INTEGER PRIMARY KEY, id TEXT, kind TEXT, role TEXT, subject TEXT, source TEXT, via TEXT,
    instrument TEXT, status TEXT, date TEXT, first_day TEXT, last_day TEXT
);
CREATE TABLE name (folded TEXT, actor TEXT, spelling TEXT);
CREATE TABLE tie (actor TEXT, type TEXT, target TEXT);
CREATE TABLE said (actor TEXT, claim INTEGER, place INTEGER);
CREATE TABLE about (actor TEXT, claim INTEGER, place INTEGER);
CREATE TABLE topic (topic TEXT, claim INTEGER);
CREATE TABLE link (type TEXT, source TEXT, target TEXT, note TEXT, n INTEGER);
CREATE TABLE cited (source TEXT, record TEXT);
CREATE VIRTUAL TABLE words USING fts5 (
    id, text, notes, content='', tokenize='porter unicode61 remove_diacritics 2'
);
"""

INDEXES = """
CREATE INDEX actor_id ON actor (id);
CREATE INDEX claim_subject ON claim (subject, n);
CREATE INDEX claim_source ON claim (source, n);
CREATE INDEX claim_id ON claim (id);
CREATE INDEX name_folded ON name (folded, actor);
CREATE INDEX tie_target ON tie (target, type, actor);
CREATE INDEX tie_actor ON tie (actor, type);
CREATE INDEX said_actor ON said (actor, claim);
CREATE INDEX said_claim ON said (claim, place);
CREATE INDEX about_actor ON about (actor, claim);
CREATE INDEX topic_topic ON topic (topic, claim);
CREATE INDEX link_target ON link (target, type, n);
CREATE INDEX link_source ON link (source, type);
CREATE INDEX cited_source ON cited (source);
"""
